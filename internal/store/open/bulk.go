package open

import (
	"casus/internal/kg"
	"casus/internal/store/neo4j/bulk"
)

// Bulk is a load that ends in files, to be imported into an empty Neo4j: see package bulk.
type Bulk = bulk.Writer

// BulkResult is what a Bulk wrote.
type BulkResult = bulk.Result

// NewBulk begins one into an empty folder, which is made where it is missing. With force, what an earlier one wrote there
// is removed first. Errors: CONFLICT where something is in the folder.
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
