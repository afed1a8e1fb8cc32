package store

import (
	"fmt"

	"casus/internal/kg"
)

// SchemaVersions are the schema versions that an engine reads. It migrates a store of an older one to Current.
type SchemaVersions struct{ Oldest, Current int }

// Check returns CONFLICT for a store whose schema version is not among them. The error names the store by its URL,
// which must not have a password, and says how to go on.
func (v SchemaVersions) Check(storeURL string, version int) error {
	switch {
	case version > v.Current:
		return kg.Errorf(kg.Conflict, "the store %s has schema version %d, which a newer version of Casus wrote; "+
			"this one reads %s: use that version, or a newer one", storeURL, version, v)
	case version < v.Oldest:
		return kg.Errorf(kg.Conflict, "the store %s has schema version %d, which an older version of Casus wrote; "+
			"this one reads %s. The store is left as it is. To keep its graph, export it with that version: "+
			"casus export --format casus --store '%s' -o graph.jsonl; then load the export with this version into "+
			"a new store: casus load --restore --store NEW graph.jsonl", storeURL, version, v, storeURL)
	}
	return nil
}

// String returns the versions in words.
func (v SchemaVersions) String() string {
	if v.Oldest == v.Current {
		return fmt.Sprintf("version %d", v.Current)
	}
	return fmt.Sprintf("versions %d to %d", v.Oldest, v.Current)
}
