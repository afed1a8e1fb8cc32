package export

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
)

// The expected dates follow from the documentation of TimelineJS and EDTF.
func TestTimelineDates(t *testing.T) {
	for _, c := range []struct{ time, start, end, display string }{
		{"2025-12-20", `{"year":2025,"month":12,"day":20}`, "", ""},
		{"2025-12", `{"year":2025,"month":12}`, "", ""},
		{"2025", `{"year":2025}`, "", ""},
		{"2025-12-20T18:30:00Z", `{"year":2025,"month":12,"day":20,"hour":18,"minute":30}`, "", "2025-12-20T18:30:00Z"},
		{
			"2025-12-20T00:30:00+02:00", `{"year":2025,"month":12,"day":20,"minute":30}`, "", "2025-12-20T00:30:00+02:00",
		},
		{
			"2025-12-19T23:00:00-05:30", `{"year":2025,"month":12,"day":19,"hour":23}`, "", "2025-12-19T23:00:00-05:30",
		},
		{"2025-12-20T18:30:00", `{"year":2025,"month":12,"day":20,"hour":18,"minute":30}`, "", ""},
		{
			"2025-12-19T23:00:00-05/2025-12-20T08:00:00+03",
			`{"year":2025,"month":12,"day":19}`, `{"year":2025,"month":12,"day":20}`,
			"2025-12-19T23:00:00-05/2025-12-20T08:00:00+03",
		},
		{"2025-12~", `{"year":2025,"month":12}`, "", "2025-12~"},
		{
			"2025-12-19/2025-12-20",
			`{"year":2025,"month":12,"day":19}`, `{"year":2025,"month":12,"day":20}`, "2025-12-19/2025-12-20",
		},
		{"2025-21", `{"year":2025,"month":3}`, `{"year":2025,"month":5}`, "2025-21"},
		{"202X", `{"year":2020,"month":1,"day":1}`, `{"year":2029,"month":12,"day":31}`, "202X"},
		{"-0043-03-15", `{"year":-43,"month":3,"day":15}`, "", "-0043-03-15"},
		{"../2022-02-24", `{"year":2022,"month":2,"day":24}`, "", "../2022-02-24"},
		{"2022-02-24/..", `{"year":2022,"month":2,"day":24}`, "", "2022-02-24/.."},
		{"XXXX", "", "", ""},
	} {
		at, err := edtf.ParseTime(c.time)
		if err != nil {
			t.Fatal(err)
		}
		start, end, display := dates(at)
		if got := inJSON(t, start); got != c.start {
			t.Errorf("%s starts %s, want %s", c.time, got, c.start)
		}
		if got := inJSON(t, end); got != c.end {
			t.Errorf("%s ends %s, want %s", c.time, got, c.end)
		}
		if display != c.display {
			t.Errorf("%s is shown as %q, want %q", c.time, display, c.display)
		}
	}
}

func inJSON(t *testing.T, d *date) string {
	t.Helper()
	if d == nil {
		return ""
	}
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTimeSpan(t *testing.T) {
	for time, want := range map[string]string{
		"2025-12-20":            ` start="2025-12-20" end="2025-12-20"`,
		"2025-12":               ` start="2025-12-01" end="2025-12-31"`,
		"-0043-03-15":           ` start="-0043-03-15" end="-0043-03-15"`,
		"2022-02-24/..":         ` start="2022-02-24"`,
		"../2022-02-24":         ` end="2022-02-24"`,
		"2025-12-20T23:59:59Z":  ` start="2025-12-20" end="2025-12-20"`,
		"2025-12-19/2025-12-20": ` start="2025-12-19" end="2025-12-20"`,
		"XXXX":                  "",
	} {
		at, err := edtf.ParseTime(time)
		if err != nil {
			t.Fatal(err)
		}
		if got := timeSpan(&at, &at); got != want {
			t.Errorf("%s: %s, want %s", time, got, want)
		}
	}
}

func TestTextsAreNotFormulas(t *testing.T) {
	row := eventRow{
		Title: "=cmd()", Titles: []string{`a;b\c`, "=d", " \u00a0+e;f", "-1.5", "g"}, Summary: "@x", Mode: "plain",
		Time: "-0043", FirstAsserted: "-0043-03", Codes: []string{"-1", "2"}, LocationNames: []string{"\u200b=x"},
		Countries: []string{"-"}, PartOf: []string{"-1"}, Latitude: new(-1.5),
		Start: new(int64(-65000000000000)), End: new(int64(0)),
	}
	want := map[string]string{
		"title": "'=cmd()", "titles": `a\;b\\c;'=d;'` + " \u00a0" + `+e\;f;-1.5;g`, "summary": "'@x", "mode": "plain",
		"time": "-0043", "first_asserted": "'-0043-03", "codes": "'-1;2", "location_names": "'\u200b=x", "countries": "'-",
		"part_of": "-1", "latitude": "-1.5", "longitude": "", "killed_best": "",
		"start": "'-000090-03-27T04:26:40Z", "end": "1970-01-01T00:00:00Z",
	}
	for f, v := range reflect.ValueOf(row).Fields() {
		if w, ok := want[columnOf(f.Tag.Get("parquet"))]; ok && cell(f, v) != w {
			t.Errorf("%s is %q, want %q", f.Name, cell(f, v), w)
		}
	}
}

// TestEveryTextColumnIsSafe checks every text column, so that new columns are checked too.
func TestEveryTextColumnIsSafe(t *testing.T) {
	for _, row := range []any{eventRow{}, participantRow{}, claimRow{}} {
		for f := range reflect.TypeOf(row).Fields() {
			v := reflect.New(f.Type).Elem()
			switch f.Type.Kind() {
			case reflect.String:
				v.SetString("\t=1+1")
			case reflect.Slice:
				v.Set(reflect.ValueOf([]string{"a", "  @SUM(A1)"}))
			default:
				continue
			}
			for part := range strings.SplitSeq(cell(f, v), ";") {
				if part != "a" && !strings.HasPrefix(part, "'") {
					t.Errorf("%s is %q", f.Name, cell(f, v))
				}
			}
		}
	}
}

func TestEscapeFormula(t *testing.T) {
	for text, escaped := range map[string]bool{
		"": false, " ": false, "a=b": false, "'=a": false, "5": false, "-5": false, "+5.25": false,
		"-1e9": false, "-.5": false,
		" -5": false, "-5 ": false, "=1": true, "-5-2": true, "--5": true, "+A1": true, " =1": true, "\u00a0=1": true,
		"\u3000@x": true, "\ufeff=1": true, "\x00=1": true, "＝1+1": true, "＠x": true, "\ta": true, "\ra": true, "\na": true,
		"-0043-03": true, "-∞": true, "+1 b": true, "-1,5": true,
	} {
		if got := escapeFormula(text); (got == "'"+text) != escaped || !escaped && got != text {
			t.Errorf("%q is written %q", text, got)
		}
	}
}

// Characters that XML cannot hold become U+FFFD.
func TestEscapeXML(t *testing.T) {
	if got := escapeXML("a<b>&\"'\x00\vЇ"); got != "a&lt;b&gt;&amp;&#34;&#39;\uFFFD\uFFFDЇ" {
		t.Errorf("%q", got)
	}
}

// Each format has a section in docs/exports.md, whose first paragraph names it, and the README has their number.
func TestFormatsHaveSections(t *testing.T) {
	read := func(name string) string {
		content, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	var named strings.Builder
	for _, section := range strings.Split(read("docs/exports.md"), "\n## ")[1:] {
		_, text, _ := strings.Cut(section, "\n")
		paragraph, _, _ := strings.Cut(strings.TrimSpace(text), "\n\n")
		named.WriteString(paragraph)
	}
	for _, name := range Names() {
		if !strings.Contains(named.String(), "`"+name+"`") {
			t.Errorf("docs/exports.md has no section that begins with `%s`", name)
		}
	}
	numbers := map[int]string{8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve"}
	if want := numbers[len(Formats())] + " export formats"; !strings.Contains(read("README.md"), want) {
		t.Errorf("README.md does not say %q", want)
	}
}

// docs/exports.md names every format, column, property and attribute.
func TestFormatsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/exports.md")
	if err != nil {
		t.Fatal(err)
	}
	checkDocumented := func(name string) {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("docs/exports.md does not mention `%s`", name)
		}
	}
	for _, name := range Names() {
		checkDocumented(name)
	}
	for _, row := range []any{eventRow{}, participantRow{}, claimRow{}, figureRow{}} {
		for f := range reflect.TypeOf(row).Fields() {
			checkDocumented(columnOf(f.Tag.Get("parquet")))
		}
	}
	properties := reflect.TypeFor[featureProperties]()
	for f := range properties.Fields() {
		checkDocumented(columnOf(f.Tag.Get("json")))
	}
	attributes := slices.Concat(
		actorAttributes(), eventAttributes(), participationAttributes(), sharedEventAttributes(),
	)
	for _, a := range attributes {
		checkDocumented(a.name)
	}
}
