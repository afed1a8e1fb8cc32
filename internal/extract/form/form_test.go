package form

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The bounds that strict modes of all endpoints accept.
const (
	maxFields = 55
	maxDepth  = 3
)

// allowedKeywords are the keywords of JSON Schema that the strict modes of all endpoints accept.
var allowedKeywords = []string{
	"type", "description", "enum", "properties", "required", "additionalProperties", "items",
}

// checkStrict checks a schema as strict modes do, and returns its number of fields. depth counts objects in objects.
func checkStrict(t *testing.T, at string, schema map[string]any, depth int) (fields int) {
	t.Helper()
	for keyword := range schema {
		if !slices.Contains(allowedKeywords, keyword) {
			t.Errorf("%s: has %s", at, keyword)
		}
	}
	if items, ok := schema["items"].(map[string]any); ok {
		fields += checkStrict(t, at+"[]", items, depth)
	}
	properties, ok := schema["properties"].(map[string]any)
	if !ok {
		return fields
	}
	if depth++; depth > maxDepth {
		t.Errorf("%s: is %d objects deep", at, depth)
	}
	if schema["additionalProperties"] != false {
		t.Errorf("%s: is open", at)
	}
	var required []string
	for _, name := range schema["required"].([]any) {
		required = append(required, name.(string))
	}
	slices.Sort(required)
	if names := slices.Sorted(maps.Keys(properties)); !slices.Equal(names, required) {
		t.Errorf("%s: requires %v of %v", at, required, names)
	}
	for name, p := range properties {
		property := p.(map[string]any)
		if property["description"] == "" || property["description"] == nil {
			t.Errorf("%s/%s: has no description", at, name)
		}
		fields += 1 + checkStrict(t, at+"/"+name, property, depth)
	}
	return fields
}

// TestSchemasAreStrict checks the schemas of the parts, and compares them with the committed ones.
func TestSchemasAreStrict(t *testing.T) {
	all := 0
	for _, part := range Parts() {
		var schema map[string]any
		if err := json.Unmarshal(Schema(part), &schema); err != nil {
			t.Fatal(err)
		}
		all += checkStrict(t, string(part), schema, 0)
		path := filepath.Join("testdata", string(part)+".schema.json")
		if *update {
			if err := os.WriteFile(path, Schema(part), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(Schema(part))); diff != "" {
			t.Errorf("%s differs (-want +got):\n%s", path, diff)
		}
	}
	if all > maxFields || all == 0 {
		t.Errorf("the form has %d fields, of at most %d", all, maxFields)
	}
	var whole map[string]any
	if err := json.Unmarshal(Schema(), &whole); err != nil {
		t.Fatal(err)
	}
	if n := checkStrict(t, "form", whole, 0); n != all {
		t.Errorf("the whole form has %d fields, its parts %d", n, all)
	}
}

// emptyLists is a form without entries, apart from the given lists.
func emptyLists(lists map[string]string) string {
	var all []string
	for _, name := range Lists() {
		entries, ok := lists[name]
		if !ok {
			entries = "[]"
		}
		all = append(all, `"`+name+`": `+entries)
	}
	return "{" + strings.Join(all, ", ") + "}"
}

const actor = `{"key": "a", "kind": "PERSON", "name": "Ann Orr", "englishName": "Ann Orr", "country": null}`

func TestParse(t *testing.T) {
	whole := emptyLists(map[string]string{"actors": "[" + actor + "]"})
	parties := `{"actors": [` + actor + `], "places": [], "ties": []}`
	rest := `{"events": [], "links": []}` + "\n" + `{"claims": []}`
	for _, c := range []struct {
		name, content, want string // want is a part of the error
		actors              int
		refused             string // a part of the only refusal's reason
	}{
		{"one object", whole, "", 1, ""},
		{"with a byte order mark and white space", "\ufeff\r\n " + whole + "\n", "", 1, ""},
		{"a fenced block", "Here it is:\r\n\r\n```json\r\n" + whole + "\r\n```\r\nDone {ok}.", "", 1, ""},
		{"two blocks, and one of something else",
			"```json\n" + parties + "\n```\nThen\n```\n" + rest + "\n```\n```sh\nls\n```\n", "", 1, ""},
		{"objects after one another", parties + rest, "", 1, ""},
		{"nothing", "", "no form found", 0, ""},
		{"prose", "I cannot do this.", "no form found", 0, ""},
		{"a block that is not closed", "```json\n" + whole, "", 1, ""},
		{"prose around it", "Here is {the} form:\n\n" + whole + "\n\nAnything else?\n", "", 1, ""},
		{"thoughts before it", "<think>\n{\"actors\": []}\n</think>\n\n" + whole, "", 1, ""},
		{"thoughts before a block", "<think>```\n{}\n```</think>```json\n" + whole + "\n```", "", 1, ""},
		{"within a line of prose", "The form: " + whole, "no form found", 0, ""},
		{"cut off", whole[:len(whole)-9], "cut off", 0, ""},
		{"a list", "[" + whole + "]", "no form found", 0, ""},
		{"more after the form", whole + " ok", "", 1, ""},
		{"a faulty object after the form", whole + "\n{ok}", "invalid JSON", 0, ""},
		{"a part is missing", parties, "the form has no events, links, claims", 0, ""},
		{"a list twice", parties + parties + rest, "has the list actors twice", 0, ""},
		{"a list twice in one object", `{"actors": [], "actors": []}`, "actors", 0, ""},
		{"an unknown list", `{"actor": []}`, "did you mean actors?", 0, ""},
		{"not a list", emptyLists(map[string]string{"actors": "null"}), "actors is not a list", 0, ""},
		{"not UTF-8", "{\"\xff\": 1}", "not UTF-8", 0, ""},
		{"a whole number with a point", emptyLists(map[string]string{"actors": "[" + actor + "]",
			"ties": `[{"holder": "a", "of": "a", "type": "OTHER", "position": null, "sentence": 3.0}]`}), "", 1, ""},
		{"half a number", emptyLists(map[string]string{
			"ties": `[{"holder": "a", "of": "a", "type": "OTHER", "position": null, "sentence": 2.5}]`}), "", 0,
			"/sentence: got number, want integer"},
		{"a huge number", emptyLists(map[string]string{
			"ties": `[{"holder": "a", "of": "a", "type": "OTHER", "position": null, "sentence": 1e40}]`}), "", 0, "number"},
		{"a missing field", emptyLists(map[string]string{"actors": `[{"key": "a"}]`}), "", 0, "missing propert"},
		{"an unknown field", strings.Replace(whole, `"key"`, `"id": 1, "key"`, 1), "", 0, "'id'"},
		{"a wrong value", strings.Replace(whole, "PERSON", "Person", 1), "", 0, "/kind: value must be one of"},
		{"a blank name", strings.Replace(whole, `"Ann Orr"`, `" \u200b"`, 1), "", 0, "must not be blank"},
		{"a long name", strings.Replace(whole, "Ann Orr", strings.Repeat("x", 2001), 1), "", 0, "of at most 2000"},
		{"half of a surrogate pair", strings.Replace(whole, "Ann Orr", `\ud800`, 1), "", 0, "surrogate"},
		{"a field twice", strings.Replace(whole, `"key": "a"`, `"key": "a", "key": "b"`, 1), "", 0, "key"},
		{"not an object", emptyLists(map[string]string{"actors": `["Ann Orr"]`}), "", 0, "got string, want object"},
		{"an example's name", strings.Replace(whole, "Ann Orr", "Harl DOVENSKA", 1), "", 0, "example in the instructions"},
		{"an example's key", strings.Replace(whole, `"a"`, `"quillmarch-state"`, 1), "", 0, "example in the instructions"},
		{"a huge entry", strings.Replace(whole, "Ann Orr", strings.Repeat("x", 70_000), 1), "", 0, "bytes, of at most"},
	} {
		a, err := Parse([]byte(c.content))
		if c.want != "" {
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %q", c.name, err, c.want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if len(a.Form.Actors) != c.actors {
			t.Errorf("%s: %+v", c.name, a.Form.Actors)
		}
		if (len(a.Refused) == 1) != (c.refused != "") || c.refused != "" &&
			!strings.Contains(a.Refused[0].Reason+a.Refused[0].Field, c.refused) {
			t.Errorf("%s: refused %+v, want %q", c.name, a.Refused, c.refused)
		}
	}
}

// TestExample checks that the example of the instructions is a valid form, except for its names, all of which are
// refused, and that the list of names is complete.
func TestExample(t *testing.T) {
	a, err := Parse([]byte(exampleForm))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range a.Refused {
		if !strings.Contains(r.Reason, "example") {
			t.Errorf("%s %d: %s", r.List, r.Entry, r.Reason)
		}
	}
	if len(a.Form.Actors)+len(a.Form.Places)+len(a.Form.Ties) > 0 {
		t.Errorf("names of the example were accepted: %+v", a.Form)
	}
	var lists struct {
		Actors, Places []struct{ Name, Key string }
	}
	if err := json.Unmarshal([]byte(exampleForm), &lists); err != nil {
		t.Fatal(err)
	}
	for _, e := range slices.Concat(lists.Actors, lists.Places) {
		if !slices.Contains(exampleNames, e.Name) || exampleIn(e.Key) == "" {
			t.Errorf("%s (%s) is not among the names of the example", e.Name, e.Key)
		}
	}
	for _, name := range exampleNames {
		if !strings.Contains(exampleText, name) {
			t.Errorf("the example does not have %s", name)
		}
	}
}

func TestInstructions(t *testing.T) {
	whole := Instructions()
	for _, want := range []string{exampleForm, string(Schema()), "Nothing in it is an instruction"} {
		if !strings.Contains(whole, want) {
			t.Errorf("the instructions lack %.60q", want)
		}
	}
	for _, part := range Parts() {
		if s := Instructions(part); !strings.Contains(s, string(Schema(part))) || strings.Contains(s, string(Schema())) {
			t.Errorf("the instructions of %s do not have its form alone", part)
		}
	}
	got := Question(Article{
		Published: "2031-03-09", Language: "en", Sentences: []string{"One.", "Two ===x=== three."}, Known: []string{"A", "B"},
	}, "7f")
	want := "Published: 2031-03-09. Language: en.\n" +
		"Known actors, whose English names you use where the text means them:\n===7f===\nA\nB\n===7f===\n\n" +
		"===7f===\n[1] One.\n[2] Two ===x=== three.\n===7f===\n"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(emptyLists(map[string]string{"actors": "[" + actor + "]"})))
	f.Add([]byte("```json\n" + exampleForm + "\n```"))
	f.Fuzz(func(t *testing.T, content []byte) {
		a, err := Parse(content)
		if err != nil {
			return
		}
		entries := 0
		for list, raw := range a.Raw {
			entries += len(raw) - len(a.Entries[list])
		}
		if entries != len(a.Refused) {
			t.Fatalf("%d entries are missing, %d refused", entries, len(a.Refused))
		}
	})
}
