package ledger_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/ledger"
	"casus/internal/store/memory"
)

// at is 2025-12-20T18:00:00Z.
const at = edtf.Instant(1_766_253_600_000)

func TestNewID(t *testing.T) {
	id := ledger.NewID(at, "a")
	if !strings.HasPrefix(id, "load:20251220T180000-") || id != ledger.NewID(at, "a") || id == ledger.NewID(at, "b") ||
		id == ledger.NewID(at+1, "a") {
		t.Error(id)
	}
}

func TestMoment(t *testing.T) {
	text, err := json.Marshal(ledger.Act{By: "Ada", At: ledger.Moment(at)})
	if err != nil || !strings.Contains(string(text), `"at":"2025-12-20T18:00:00Z"`) {
		t.Error(string(text), err)
	}
	var read ledger.Act
	if err := json.Unmarshal(text, &read); err != nil || read.At != ledger.Moment(at) {
		t.Error(read, err)
	}
}

// Claims are those of the load alone, also where the id of one load begins with the id of another.
func TestClaims(t *testing.T) {
	s := memory.New()
	for _, part := range []struct {
		load string
		n    int
		ids  string
	}{{"load:1", 1, "claim:a claim:b "}, {"load:1", 2, ""}, {"load:1", 3, "claim:c "}, {"load:10", 1, "claim:d "}} {
		entry := kg.Checkpoint{Key: ledger.PartKey(part.load, at, part.n), Value: part.ids}
		if _, err := s.Apply(t.Context(), kg.Batch{Ledger: []kg.Checkpoint{entry}}); err != nil {
			t.Fatal(err)
		}
	}
	read := func(load string) (all []kg.ID) {
		for ids, err := range ledger.Claims(t.Context(), s, load) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, ids...)
		}
		return all
	}
	if got := read("load:1"); !slices.Equal(got, []kg.ID{"claim:a", "claim:b", "claim:c"}) {
		t.Error(got)
	}
	for parts, err := range ledger.Removal(t.Context(), s, "load:1") {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Apply(t.Context(), kg.Batch{Ledger: parts}); err != nil {
			t.Fatal(err)
		}
	}
	if one, ten := read("load:1"), read("load:10"); len(one) > 0 || !slices.Equal(ten, []kg.ID{"claim:d"}) {
		t.Error(one, ten)
	}
}
