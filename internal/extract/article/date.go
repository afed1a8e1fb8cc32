package article

import (
	"cmp"
	"strings"
	"time"
)

// setDate sets the date of publication that a file states in ISO 8601. Any other form is not guessed: 02.03.2031 may
// be in February or in March.
func (m *Metadata) setDate(s string) {
	if s = strings.TrimSpace(s); s == "" {
		return
	}
	for _, form := range []struct{ in, out string }{
		{time.RFC3339, "2006-01-02T15:04:05Z07:00"},
		{"2006-01-02T15:04:05-0700", "2006-01-02T15:04:05Z07:00"},
		{"2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z07:00"},
		{"2006-01-02T15:04:05", "2006-01-02"}, // without an offset only the day is sure
		{"2006-01-02 15:04:05", "2006-01-02"},
		{time.DateOnly, time.DateOnly},
	} {
		if t, err := time.Parse(form.in, s); err == nil {
			m.Published = cmp.Or(m.Published, t.Format(form.out))
			return
		}
	}
	m.Unreadable = s
}
