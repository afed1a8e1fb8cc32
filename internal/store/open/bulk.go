package open

import (
	"casus/internal/kg"
	"casus/internal/store/neo4j/bulk"
)

// Bulk writes files for an import into an empty Neo4j; see package bulk.
type Bulk = bulk.Writer

// BulkResult counts the rows that a Bulk wrote.
type BulkResult = bulk.Result

// NewBulk returns a writer into an empty folder, which it creates if it is missing. With force it first removes the
// files of an earlier Bulk. It returns CONFLICT if the folder has other files.
func NewBulk(dir string, force bool) (*Bulk, error) {
	if force {
		if err := bulk.Clear(dir); err != nil {
			return nil, err
		}
	}
	w, err := bulk.New(dir)
	if err != nil && force && kg.CodeOf(err) == kg.Conflict {
		err = kg.Errorf(kg.Conflict, "%w, which no bulk load wrote", err)
	}
	return w, err
}
