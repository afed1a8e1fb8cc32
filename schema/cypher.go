package schema

import (
	"embed"
	"io/fs"
)

//go:embed cypher/*.cypher
var cypherFiles embed.FS

// Cypher returns the Neo4j store's migrations: cypher/NNNN_name.cypher, to be applied in the order of their numbers.
// Each consists of idempotent statements that end with a semicolon; a line that begins with // is a comment.
func Cypher() fs.FS { return cypherFiles }
