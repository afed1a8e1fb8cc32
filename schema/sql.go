package schema

import (
	"embed"
	"io/fs"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

// SQL returns the SQLite store's migrations: sql/NNNN_name.sql, to be applied in the order of their numbers.
func SQL() fs.FS { return sqlFiles }
