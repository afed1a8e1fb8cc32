package table

import "strings"

// unwrapFormulas replaces fields such as ="0042" by their text. In this form spreadsheets, and programs that write for
// them, preserve leading zeros and long numbers.
func unwrapFormulas(fields []string) {
	for i, f := range fields {
		if len(f) < 3 || f[0] != '=' || f[1] != '"' || f[len(f)-1] != '"' {
			continue
		}
		if inner := strings.ReplaceAll(f[2:len(f)-1], `""`, ""); strings.IndexByte(inner, '"') < 0 {
			fields[i] = strings.ReplaceAll(f[2:len(f)-1], `""`, `"`)
		}
	}
}
