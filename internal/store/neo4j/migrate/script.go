package migrate

import (
	"strings"

	"casus/schema"
)

// Statements returns the statements of a migration, without comments: it splits the script at its semicolons.
func Statements(m schema.Migration) []string {
	var code strings.Builder
	for line := range strings.Lines(m.Script) {
		if !strings.HasPrefix(strings.TrimSpace(line), "//") {
			code.WriteString(line)
		}
	}
	var all []string
	for statement := range strings.SplitSeq(code.String(), ";") {
		if statement = strings.TrimSpace(statement); statement != "" {
			all = append(all, statement)
		}
	}
	return all
}
