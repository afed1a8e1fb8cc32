package schema

import (
	"embed"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// Migration is a script that brings a store's schema from the version before to Version. The first one creates the
// schema of a new store; programs do not read older versions.
type Migration struct {
	Version int
	// Name is the name of the script's file, which begins with the version: 0009_graph.sql.
	Name   string
	Script string
}

//go:embed sql/*.sql cypher/*.cypher
var scripts embed.FS

// SQL returns the migrations of the SQLite store, in the order of their versions.
func SQL() []Migration { return migrations("sql/*.sql") }

// Cypher returns the migrations of the Neo4j store, in the order of their versions. Each consists of idempotent
// statements that end with a semicolon; a line that begins with // is a comment.
func Cypher() []Migration { return migrations("cypher/*.cypher") }

//go:embed style.grass
var style []byte

// Style returns a stylesheet for Neo4j Browser, in its format GraSS.
func Style() []byte { return style }

// migrations ignores errors that embedded files cannot have; TestMigrations checks the names.
func migrations(pattern string) []Migration {
	files, _ := fs.Glob(scripts, pattern) // sorted by name, hence by version
	all := make([]Migration, len(files))
	for i, file := range files {
		name := path.Base(file)
		number, _, _ := strings.Cut(name, "_")
		version, _ := strconv.Atoi(number)
		script, _ := scripts.ReadFile(file)
		all[i] = Migration{version, name, string(script)}
	}
	return all
}
