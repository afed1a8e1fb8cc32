package store_test

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

func TestSchemaVersions(t *testing.T) {
	older := func(version, reads string) string {
		return "the store sqlite:my war.db has schema version " + version + ", which an older version of Casus wrote; this " +
			"one reads " + reads + ". The store is left as it is. To keep its graph, export it with that version: " +
			"casus export --format casus --store 'sqlite:my war.db' -o graph.jsonl; then load the export with this version " +
			"into a new store: casus load --restore --store NEW graph.jsonl"
	}
	newer := func(version, reads string) string {
		return "the store sqlite:my war.db has schema version " + version + ", which a newer version of Casus wrote; this " +
			"one reads " + reads + ": use that version, or a newer one"
	}
	several, one := store.SchemaVersions{Oldest: 3, Current: 5}, store.SchemaVersions{Oldest: 7, Current: 7}
	for _, c := range []struct {
		versions store.SchemaVersions
		version  int
		want     string
	}{
		{several, 1, older("1", "versions 3 to 5")}, {several, 2, older("2", "versions 3 to 5")},
		{several, 3, ""}, {several, 4, ""}, {several, 5, ""},
		{several, 6, newer("6", "versions 3 to 5")},
		{one, 6, older("6", "version 7")}, {one, 7, ""}, {one, 8, newer("8", "version 7")},
	} {
		message, code := "", kg.ErrorCode("")
		if err := c.versions.Check("sqlite:my war.db", c.version); err != nil {
			message, code = err.Error(), kg.CodeOf(err)
		}
		if message != c.want || code == "" != (c.want == "") || code != "" && code != kg.Conflict {
			t.Errorf("%v of %v: %s\n%s\nwant\n%s", c.version, c.versions, code, message, c.want)
		}
	}
}
