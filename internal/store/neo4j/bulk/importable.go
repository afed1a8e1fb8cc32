package bulk

import (
	"cmp"
	"strings"

	"casus/internal/kg"
	"casus/internal/store/codec"
)

// checkShared returns BAD_INPUT for a record of the kinds of staging.Shared that cannot be imported.
func checkShared(b kg.Batch) error {
	return cmp.Or(checkImportable(b.Releases), checkImportable(b.Identities), checkImportable(b.Reviews),
		checkImportable(b.Corrections))
}

// checkImportable returns BAD_INPUT for a record that contains listDelimiter, which cannot be imported.
func checkImportable[T kg.Identified](records []T) error {
	for _, r := range records {
		text, err := codec.Encode(r)
		if err != nil {
			return err
		}
		if strings.Contains(text, listDelimiter) {
			return cannotImport(r.NodeID())
		}
	}
	return nil
}

func cannotImport(id kg.ID) error {
	return kg.Errorf(kg.BadInput, "%s contains U+FDD0, which is not a character and cannot be imported", id)
}
