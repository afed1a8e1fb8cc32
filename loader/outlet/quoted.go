package outlet

import "strings"

// quotedItem is one item of a list, without the quotation marks that may enclose it.
type quotedItem struct {
	text   string
	quoted bool
}

// splitQuoted splits a list at semicolons, but not within quotation marks that enclose an item. A doubled quotation
// mark within these is one. One that does not end before a semicolon or the end of the list, or that is not the first
// character of an item, is text. Empty items are left out.
func splitQuoted(list string) []quotedItem {
	var all []quotedItem
	for list != "" {
		var item quotedItem
		list = strings.TrimLeft(list, space)
		if text, rest, ok := cutQuoted(list); ok {
			item, list = quotedItem{text, true}, rest
		} else {
			item.text, list, _ = strings.Cut(list, ";")
		}
		if strings.TrimSpace(item.text) != "" {
			all = append(all, item)
		}
	}
	return all
}

// cutQuoted returns the item in quotation marks at the beginning of a list, and what follows its semicolon. It returns
// false if there is none.
func cutQuoted(list string) (item, rest string, ok bool) {
	if !strings.HasPrefix(list, `"`) {
		return "", list, false
	}
	for at := 1; ; {
		i := strings.IndexByte(list[at:], '"')
		if i < 0 {
			return "", list, false
		}
		at += i
		after := strings.TrimLeft(list[at:], `"`)
		marks := len(list) - at - len(after)
		at += marks
		if after = strings.TrimLeft(after, space); ends(after, marks) {
			return strings.ReplaceAll(list[1:at-1], `""`, `"`), strings.TrimPrefix(after, ";"), true
		}
	}
}

// ends reports whether the last of some quotation marks ends an item, given what follows them. An even number of them
// are doubled ones, unless the next item begins or the list ends.
func ends(after string, marks int) bool {
	next, more := strings.CutPrefix(after, ";")
	if !more {
		return after == ""
	}
	return marks%2 == 1 || strings.HasPrefix(strings.TrimLeft(next, space), `"`)
}

// space is the white space between items.
const space = " \t\r\n"
