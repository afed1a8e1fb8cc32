package edtf

import (
	"strconv"
	"strings"
)

// quote returns s quoted for an error message, shortened if it is long.
func quote(s string) string { return strconv.Quote(shorten(s)) }

// shorten returns at most 60 bytes of s, for an error message.
func shorten(s string) string {
	const limit = 60
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "..."
}
