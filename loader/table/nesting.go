package table

// nesting follows the brackets of JSON byte by byte.
type nesting struct {
	depth           int
	quoted, escaped bool
	// lineStart is set after a line end outside quotation marks.
	lineStart bool
}

// add takes the next byte and reports whether it closes the outermost bracket.
func (n *nesting) add(c byte) bool {
	n.lineStart = c == '\n' || c == '\r'
	switch {
	case n.escaped:
		n.escaped = false
	case n.quoted && c == '\\':
		n.escaped = true
	case c == '"':
		n.quoted = !n.quoted
	case n.quoted:
	case c == '{' || c == '[':
		n.depth++
	case c == '}' || c == ']':
		n.depth--
		return n.depth <= 0
	}
	return false
}
