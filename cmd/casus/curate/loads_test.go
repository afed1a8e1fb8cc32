package curate

import (
	"strings"
	"testing"

	"casus/internal/store/ledger"
)

// Each flag is printed as it is typed for the same load: a default is not, a switch has no value.
func TestLoadFlags(t *testing.T) {
	for _, c := range []struct {
		options map[string]string
		want    string
	}{
		{nil, ""},
		{map[string]string{"dataset": "ucdp-ged", "release": "unnamed", "part": "true"}, ""},
		{map[string]string{"dataset": "ucdp-ged", "release": "unnamed"}, "--release unnamed"},
		{
			map[string]string{"dataset": "mali", "release": "25.1", "released": "2025-06", "part": "true"},
			"--dataset mali --part --release 25.1 --released 2025-06",
		},
		{map[string]string{"keep-text": "true", "lenient": "true"}, "--keep-text --lenient"},
		{
			map[string]string{"by": "Ada's desk", "replaces-run": "qwen3, a chat"},
			`--by 'Ada'\''s desk' --replaces-run qwen3 --replaces-run 'a chat'`,
		},
	} {
		got := strings.Join(loadFlags(ledger.Load{Format: "ucdp-ged", Options: c.options}), " ")
		if got != c.want {
			t.Errorf("%v: %q, want %q", c.options, got, c.want)
		}
	}
}
