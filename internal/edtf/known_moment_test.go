package edtf_test

import (
	"testing"

	"casus/internal/edtf"
)

func TestParseMoment(t *testing.T) {
	for given, want := range map[string]string{
		"2025-12-20":                "2025-12-21T00:00:00Z",
		"2024-02":                   "2024-03-01T00:00:00Z",
		"2025":                      "2026-01-01T00:00:00Z",
		"2025-12-20T18:00:00+02:00": "2025-12-20T16:00:00Z",
		"2025-12-20T18:00:00.250Z":  "2025-12-20T18:00:00.250Z",
		"2025-12-19/2025-12-20":     "2025-12-21T00:00:00Z",
		"2025/..":                   "",
		"XXXX":                      "",
		"yesterday":                 "",
		"":                          "",
	} {
		got, err := edtf.ParseMoment(given)
		if (err != nil) != (want == "") || err == nil && got.String() != want {
			t.Errorf("%s is %s (%v), want %q", given, got, err, want)
		}
	}
}
