package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var fieldName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// reservedNames are the words that CEL does not allow as the name of a field after a point.
var reservedNames = []string{
	"as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
	"namespace", "null", "package", "return", "true", "var", "void", "while",
}

// ColumnExpr returns the CEL expression for a column of the row, such as row.place or row["Place name"].
func ColumnExpr(name string) string {
	if fieldName.MatchString(name) && !slices.Contains(reservedNames, name) {
		return "row." + name
	}
	return "row[" + QuoteCEL(name) + "]"
}

// QuoteCEL returns a text as a string literal of CEL. The literal contains no single quotation mark, so that an
// expression in single quotation marks can contain it.
func QuoteCEL(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString("\\" + string(r))
		case r == '\'' || !unicode.IsPrint(r):
			fmt.Fprintf(&b, "\\U%08x", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + "\""
}
