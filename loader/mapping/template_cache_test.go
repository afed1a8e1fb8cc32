package mapping

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
)

// mixedMapping uses rows in every way that a mapping can.
const mixedMapping = `mapping: 1
name: odd
let:
  who: '= "actor:" + row.who'
  twice: '= who + row.who'
  whole: '= size(row)'
  many: '= row.list.split(";")'
records:
  - actor: {id: '= who', kind: PERSON, names: ['= row.name', '= twice']}
  - actor: {id: '= "actor:w" + string(whole)', kind: PERSON, names: [x]}
  - actor: {when: '= has(row.maybe)', id: '= who + row.maybe', kind: PERSON, names: [y]}
  - actor: {each: '= many', as: who, id: '= "actor:" + who', kind: PERSON, names: ['= row["name"]', '= who']}
  - actor: {each: '= row.list.split(";")', id: '= "actor:" + it', kind: PERSON, names: ['= it + who']}
  - location:
      id: '= "location:" + row.place'
      kind: CITY
      names: ['= row.place']
      point: {latitude: '= double(row.lat)', longitude: 1}
  - event: {id: '= "event:" + row.who + row.place', titles: ['= row.name + ""'], time: '= row.place'}
`

// TestTemplateCache maps rows that repeat values with the caches of the mapping and without them.
func TestTemplateCache(t *testing.T) {
	caching, err := Parse("odd.yaml", []byte(mixedMapping), nil)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := Parse("odd.yaml", []byte(mixedMapping), nil)
	if err != nil {
		t.Fatal(err)
	}
	disableCaches(plain)
	if caching.records[1].cache != nil || caching.records[0].cache == nil || caching.records[3].cache == nil {
		t.Fatal("templates must have a cache unless they use the row as a whole")
	}
	r := rand.New(rand.NewPCG(1, 2))
	values := []any{"", "a", "b", "a;b", "1", "2.5", 1, 2.5, true, nil, []any{"a"}}
	cached := 0
	for range 20_000 {
		row := map[string]any{}
		for _, column := range []string{"who", "name", "maybe", "list", "place", "lat"} {
			n := 6
			if r.IntN(10) == 0 {
				n = len(values)
			}
			if v := values[r.IntN(n)]; v != nil && r.IntN(20) > 0 {
				row[column] = v
			}
		}
		want, wantErr := plain.Map(row)
		got, err := caching.Map(row)
		if fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Fatalf("%v: %v, not %v", row, err, wantErr)
		}
		for i := range got {
			if got[i].Shared != nil {
				cached++
			}
			got[i].Shared = nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%v:\n%v\nis not\n%v", row, got, want)
		}
	}
	if cached == 0 {
		t.Error("no record was cached")
	}
}

func disableCaches(m *Mapping) {
	m.let = withoutFastPaths(m.let)
	for i := range m.records {
		t := &m.records[i]
		t.cache, t.each, t.when, t.fields = nil, withoutFastPath(t.each), withoutFastPath(t.when), withoutFastPath(t.fields)
	}
}

func withoutFastPaths(all []namedValue) []namedValue {
	made := make([]namedValue, len(all))
	for i, n := range all {
		made[i] = namedValue{n.name, withoutFastPath(n.value)}
	}
	return made
}

func withoutFastPath(v value) value {
	switch v := v.(type) {
	case expression:
		v.fast = nil
		return v
	case list:
		made := make(list, len(v))
		for i, item := range v {
			made[i] = withoutFastPath(item)
		}
		return made
	case object:
		return object(withoutFastPaths(v))
	}
	return v
}
