package values_test

import (
	"errors"
	"testing"

	"casus/loader/values"

	"github.com/google/go-cmp/cmp"
)

func TestColumns(t *testing.T) {
	rules, err := values.Columns{
		Kinds: map[string]values.Kind{
			"code": values.CodeKind, "act": values.CAMEOKind, "lat": values.NumberKind, "dead": values.NumberKind,
		},
		Missing: map[string][]any{"dead": {-99, "unknown"}, "country": {}, "hour": {99}, "flag": {nil, true}},
	}.Compile()
	if err != nil {
		t.Fatal(err)
	}
	row := map[string]any{
		"code": "2.0", "act": "42", "lat": "-9", "dead": "-99.0", "country": "NA", "name": "NA", "hour": "99.0",
		"text": " 1.0", "minute": "99", "town": "Nan", "list": []any{"NA"}, "count": -99.0, "flag": "true",
		"nested": map[string]any{"a": "NA"},
	}
	got, err := rules.Apply(row, values.Format{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string]any{
		"code": "2", "act": "042", "lat": "-9", "dead": "", "country": "NA", "name": "", "hour": "", "text": " 1.0",
		"minute": "99", "town": "Nan", "list": []any{"NA"}, "count": -99.0, "flag": "", "nested": map[string]any{"a": "NA"},
	}, got); d != "" {
		t.Error(d)
	}
	if row["code"] != "2.0" {
		t.Error("the row has changed")
	}
	for cell, want := range map[string]string{"3,0": "3", "-99,0": "", "unknown": "", "Unknown": "Unknown", "0": "0"} {
		got, err := rules.Apply(map[string]any{"dead": cell}, values.Format{DecimalComma: true})
		if err != nil || got["dead"] != want {
			t.Errorf("%q is %v, %v", cell, got, err)
		}
	}
	// JSON: numbers remain unless they are codes or mark a missing value.
	if got, err := rules.Apply(map[string]any{"code": 369.0, "dead": -99.0, "lat": -9.0}, values.Format{}); err != nil ||
		cmp.Diff(map[string]any{"code": "369", "dead": nil, "lat": -9.0}, got) != "" {
		t.Error(got, err)
	}
	_, err = rules.Apply(map[string]any{"code": "1.2E+05"}, values.Format{})
	if f := (*values.Fault)(nil); !errors.As(err, &f) || f.Column != "code" {
		t.Error(err)
	}
	unchanged := map[string]any{"code": "2", "name": "Ada"}
	if got, err := rules.Apply(unchanged, values.Format{}); err != nil || !same(got, unchanged) {
		t.Error("an unchanged row is copied", err)
	}
}

// same reports whether two maps are one.
func same(a, b map[string]any) bool {
	a["probe"] = true
	defer delete(a, "probe")
	return b["probe"] == true
}

func TestWordsForAllColumns(t *testing.T) {
	rules, err := values.Columns{Missing: map[string][]any{"*": {"keine"}, "a": {"x"}}}.Compile()
	if err != nil {
		t.Fatal(err)
	}
	row := map[string]any{"a": "keine", "b": "keine", "c": "NA", "d": " "}
	got, err := rules.Apply(row, values.Format{})
	if d := cmp.Diff(map[string]any{"a": "", "b": "", "c": "NA", "d": ""}, got); d != "" || err != nil {
		t.Error(d, err)
	}
	if _, err := (values.Columns{Missing: map[string][]any{"a": {[]any{}}}}).Compile(); err == nil {
		t.Error("a list marks a missing value")
	}
}

func TestMatchHeader(t *testing.T) {
	for _, c := range []struct{ header, known, want []string }{
		{
			[]string{"EVENT_DATE", "event.id", "Actor Name", "fatalities"},
			[]string{"Event Date", "Event ID", "actorName", "fatalities", "extra"},
			[]string{"Event Date", "Event ID", "actorName", "fatalities"},
		},
		// Two columns that could be one, and one that could be two, keep their names.
		{[]string{"ADM 1", "adm.1"}, []string{"adm_1"}, []string{"ADM 1", "adm.1"}},
		{[]string{"ADM 1"}, []string{"adm_1", "adm1"}, []string{"ADM 1"}},
		{[]string{"id", "ID"}, []string{"id"}, []string{"id", "ID"}},
		{[]string{`"id"`, "Größe"}, []string{"id", "GRÖßE"}, []string{`"id"`, "GRÖßE"}},
	} {
		if d := cmp.Diff(c.want, values.MatchHeader(c.header, c.known)); d != "" {
			t.Error(d)
		}
	}
}
