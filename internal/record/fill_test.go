package record

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"maps"
)

// completeRecords has a record of each type with every kind of field.
var completeRecords = map[string]string{
	"actor": `{"id":"actor:a","kind":"STATE","names":["A",{"value":"Б","language":"uk-Cyrl","kind":"ALIAS"}],` +
		`"country":"UA","sectors":["GOV"],"identifiers":[{"scheme":"x","value":"1"}],"description":"d"}`,
	"location": `{"id":"location:a","kind":"CITY","names":["A"],"point":{"latitude":1.5,"longitude":-2},"country":"UA",` +
		`"radiusKm":2.5,"box":{"west":1,"south":2,"east":-3,"north":4},` +
		`"within":["location:b"]}`,
	"document": `{"id":"document:a","titles":["A"],"url":"https://x","language":"en","publisher":"actor:a","publishedAt":"2025","syndicates":"document:b","retrievedAt":"2025-01-01T00:00:00Z"}`,
	"event": `{"id":"event:a","titles":["A"],"summaries":["s"],"category":"ASSAULT","mode":"m",
		"codes":[{"scheme":"s","value":"v","label":"l"}],"modality":"OCCURRED","time":"2025-01","nominal":"2025-01-15",
		"measures":[{"name":"TONE","value":-1.5}],
		"figures":[{"kind":"KILLED","population":"TOTAL","low":1,"best":2,"high":3,"qualifier":"ABOUT"}],
		"participants":[{"actor":"actor:a","role":"HOST","side":"A","capacity":"c","representing":"actor:b"}],
		"locations":[{"location":"location:a","role":"VENUE","precision":3}],"partOf":["event:w"],
		"respondsTo":[{"to":"event:b","kind":"REJECTS","condition":"c"}],"announces":["event:c"],
		"document":"document:d","assertedAt":"2025",
		"claims":[{"id":"claim:c","stance":"DENIES","aspect":"TIME","claimants":["actor:a"],"confidence":50,"note":"n",
			"supersedes":["claim:b"],"quote":{"text":"q","direct":true,"speaker":"actor:a"}}]}`,
	"affiliation": `{"holder":"actor:a","counterpart":"location:b","affiliationType":"CONTROL","position":"p",` +
		`"validTime":"2025","assertedAt":"2025"}`,
	"claim": `{"subject":"event:a","assertedAt":"2025","cites":["document:a"],"relayedBy":["actor:b"],` +
		`"statedAt":"2024","extractions":[{"tool":"t","model":"m","prompt":"p","at":"2025-01-01T00:00:00Z"}]}`,
	"release": `{"name":"n","release":"1","releasedAt":"2025","coding":"MACHINE"}`,
	"identity": `{"a":"actor:a","b":"actor:b","same":false,"decidedBy":"x","decidedAt":"2025-01-01T00:00:00Z",` +
		`"score":0.5,"reason":"r"}`,
}

// oddValues are values that a mapping might put in any field.
var oddValues = []any{
	"", "x", "ACTOR:a", "actor:", "event:\u00a0x", "e", "2025-13", -1.0, 0.5, 3e9, 101.0, 8.0, true, []any{},
	[]any{"x", 1.0}, map[string]any{}, map[string]any{"value": "x", "odd": "y"}, nil,
}

// A record that is decoded without the schema and breaks no rule of the domain is valid by the schema, and becomes the
// same nodes and claims.
func TestFillIsAsStrictAsTheSchema(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	sure := map[string]int{}
	for range 12_000 {
		typ := slices.Sorted(maps.Keys(completeRecords))[r.IntN(len(completeRecords))]
		var fields map[string]any
		if err := json.Unmarshal([]byte(completeRecords[typ]), &fields); err != nil {
			t.Fatal(err)
		}
		for range r.IntN(3) {
			damage(r, fields)
		}
		raw := Raw{Type: typ, Fields: fields}
		rec, fault, trusted := decodeFields(raw)
		if !trusted || fault != nil || !isValid(&rec) {
			continue
		}
		sure[typ]++
		if bad := CheckSchema(typ, raw.Text()); bad != nil {
			t.Fatalf("%s is accepted, but the schema rejects it: %s", raw.Text(), bad)
		}
		slow, fault := DecodeBySchema(Raw{Type: typ, JSON: raw.Text()})
		if fault != nil || slow.ID != rec.ID {
			t.Fatalf("%s: %v, %s and %s", raw.Text(), fault, slow.ID, rec.ID)
		}
	}
	for typ := range completeRecords {
		if rare := typ == "identity" || typ == "release" || typ == "affiliation"; (sure[typ] < 20) != rare {
			t.Errorf("%s: only %d records were decoded without the schema", typ, sure[typ])
		}
	}
}

// isValid reports whether the record's claims break no rule.
func isValid(rec *Record) bool {
	for _, d := range rec.Drafts {
		c, fault := d.Claim(rec.ID, Origin{})
		_, broken := d.Verify(noText, false, new(SuggestionBudget))
		if fault != nil || broken != nil || d.CheckClaim(c) != nil {
			return false
		}
	}
	return true
}

// damage changes, adds or removes one random value.
func damage(r *rand.Rand, fields map[string]any) {
	names := slices.Sorted(maps.Keys(fields))
	if len(names) == 0 {
		return
	}
	name := names[r.IntN(len(names))]
	switch v := fields[name].(type) {
	case map[string]any:
		if r.IntN(3) > 0 {
			damage(r, v)
			return
		}
	case []any:
		if len(v) == 0 {
			break
		}
		if inner, ok := v[r.IntN(max(len(v), 1))].(map[string]any); ok && r.IntN(3) > 0 {
			damage(r, inner)
			return
		}
	}
	switch r.IntN(4) {
	case 0:
		delete(fields, name)
	case 1:
		fields["odd"] = "x"
	default:
		if fields[name] = oddValues[r.IntN(len(oddValues))]; fields[name] == nil {
			delete(fields, name)
		}
	}
}
