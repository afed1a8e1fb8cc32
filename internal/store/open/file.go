package open

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/sqlite/backup"
	"casus/internal/store/sqlite/dbfile"
)

// CheckFile returns nil if the file at path is an embedded store. It returns NOT_FOUND without a file and CONFLICT for
// any other file. It changes nothing.
func CheckFile(ctx context.Context, path string) error {
	exists, err := dbfile.Check(ctx, path)
	if err == nil && !exists {
		return kg.Errorf(kg.NotFound, "no store at %s", path)
	}
	return err
}

// CopyFile copies the file of an embedded store, which may be in use; see backup.Copy.
func CopyFile(ctx context.Context, from, to string, copied func(written, size int64)) error {
	return backup.Copy(ctx, from, to, copied)
}
