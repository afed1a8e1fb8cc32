package sample_test

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/sample"
)

// load returns a store with an example, and the report of its load.
func load(t *testing.T, example sample.Sample) (store.Store, loader.Report) {
	t.Helper()
	s := memory.New()
	files := loader.FS(example.Files(), example.Names())
	report, err := loader.Load(t.Context(), s, files, loader.Options{KeepText: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.FirstRejects {
		t.Errorf("rejected: %s", r)
	}
	return s, report
}

// loadSample loads the default example.
func loadSample(t *testing.T) (store.Store, loader.Report) {
	t.Helper()
	return load(t, sample.Article())
}

func TestNamesListsEveryFile(t *testing.T) {
	for _, example := range sample.All() {
		found, err := fs.Glob(example.Files(), "*")
		if err != nil {
			t.Fatal(err)
		}
		if want := slices.Sorted(slices.Values(example.Names())); !slices.Equal(found, want) {
			t.Errorf("%s: the files are %v, Names lists %v", example.Name, found, want)
		}
	}
}

func TestSamplesLoadCleanly(t *testing.T) {
	for name, least := range map[string]map[kg.NodeKind]int{
		"article":   {kg.KindActor: 20, kg.KindLocation: 15, kg.KindClaim: 45, kg.KindDocument: 3},
		"fictional": {kg.KindActor: 30, kg.KindLocation: 15, kg.KindClaim: 120, kg.KindDocument: 15, kg.KindRelease: 2},
	} {
		example := sample.All()[slices.IndexFunc(sample.All(), func(s sample.Sample) bool { return s.Name == name })]
		_, report := load(t, example)
		if report.Rejected != 0 || report.Unchanged != 0 || report.Read != report.Applied || len(report.Undecided) != 0 {
			t.Errorf("%s: %+v", name, report)
		}
		for kind, n := range least {
			if report.Added[kind] < n {
				t.Errorf("%s: %d %ss, want at least %d", name, report.Added[kind], kind, n)
			}
		}
	}
}

// Every claim has words that are at its offsets, in a document whose text is stored.
func TestEveryClaimIsQuoted(t *testing.T) {
	s, report := loadSample(t)
	if report.Spans[kg.SpanVerified] < report.Added[kg.KindClaim] || len(report.Spans) != 1 {
		t.Errorf("spans: %v, claims: %d", report.Spans, report.Added[kg.KindClaim])
	}
	documents := map[kg.ID]kg.Document{}
	all, err := s.Scan(t.Context(), kg.KindDocument, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all.Documents {
		documents[d.ID] = d
		if sum := sha256.Sum256([]byte(d.Text)); d.Text != "" && hex.EncodeToString(sum[:]) != d.SHA256 {
			t.Errorf("%s: its text has another hash", d.ID)
		}
	}
	if d := documents["document:seed-article"]; d.Text != "" || d.SHA256 == "" || d.Language != "ar" {
		t.Errorf("the report is recorded by hash and language, without text: %+v", d)
	}
	claims, err := s.Scan(t.Context(), kg.KindClaim, "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range claims.Claims {
		if len(c.Spans) == 0 {
			t.Errorf("%s has no span", c.ID)
		}
		if !slices.Equal(c.Cites, []kg.ID{"document:seed-article"}) {
			t.Errorf("%s cites %v", c.ID, c.Cites)
		}
		runes := []rune(documents[c.Document].Text)
		for _, span := range c.Spans {
			if span.State != kg.SpanVerified || span.End > len(runes) || string(runes[span.Start:span.End]) != span.Exact {
				t.Errorf("%s: span %+v", c.ID, span)
			}
		}
	}
}

// Ukrainian and Russian actors have a name in their own language, and all actors in Arabic and English.
func TestActorNamesInTheirLanguages(t *testing.T) {
	s, _ := loadSample(t)
	all, err := s.Scan(t.Context(), kg.KindActor, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all.Actors {
		wanted := []string{"ar", "en"}
		switch a.Country {
		case "UA":
			wanted = append(wanted, "uk")
		case "RU":
			wanted = append(wanted, "ru")
		}
		for _, language := range wanted {
			if !slices.ContainsFunc(a.Names, func(n kg.Name) bool { return n.Language == language }) {
				t.Errorf("%s has no name in %s", a.ID, language)
			}
		}
	}
	places, err := s.Scan(t.Context(), kg.KindLocation, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range places.Locations {
		if l.Point == nil {
			t.Errorf("%s has no point", l.ID)
		}
	}
}

// The state that follows from the claims, worked out from the report by hand.
func TestDerivedState(t *testing.T) {
	s, _ := loadSample(t)
	for id, want := range map[kg.ID]struct {
		status   kg.ClaimStatus
		modality kg.Modality
		time     string
	}{
		// the prime minister speaks in the same sentence
		"event:odesa-strike": {kg.StatusUnverified, kg.ModalityOccurred, "2025-12-19/2025-12-20"},
		// Dmitriev took part in them
		"event:miami-talks-2025-12-20":  {kg.StatusConfirmed, kg.ModalityOccurred, "2025-12-20"},
		"event:miami-talks-2025-12-21":  {kg.StatusUnverified, kg.ModalityPlanned, "2025-12-21"},
		"event:crimea-jets":             {kg.StatusUnverified, kg.ModalityOccurred, "2025-12-20~"},
		"event:caspian-platform-strike": {kg.StatusUnverified, kg.ModalityOccurred, "2025-12-20~"},
		"event:three-way-talks":         {kg.StatusUnverified, kg.ModalityProposed, "[2025-12-20..]"},
		"event:istanbul-talks":          {kg.StatusUnverified, kg.ModalityOccurred, "2025-07"},
		"event:strike-pause":            {kg.StatusUnverified, kg.ModalityProposed, "[2025-12-19..]"},
		"event:pause-refusal":           {kg.StatusUnverified, kg.ModalityOccurred, "[2025-12-19..2025-12-20]"},
		"event:rubio-joins":             {kg.StatusUnverified, kg.ModalityHypothetical, "[2025-12-20..2025-12-21]"},
		"event:invasion":                {kg.StatusUnverified, kg.ModalityOccurred, "2022-02-24"},
		"event:russian-demands":         {kg.StatusUnverified, kg.ModalityOccurred, "/.."},
	} {
		nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{id})
		if err != nil {
			t.Fatal(err)
		}
		e, ok := nodes[0].(kg.Event)
		if !ok {
			t.Errorf("%s is missing", id)
			continue
		}
		if e.Status != want.status || e.Modality != want.modality || e.Time.EDTF != want.time {
			t.Errorf("%s: %s %s %s, want %+v", id, e.Status, e.Modality, e.Time, want)
		}
		if id == "event:odesa-strike" {
			eight, thirty := 8, 30
			if k, w := e.Toll.Killed, e.Toll.Wounded; k == nil || w == nil || *k.Best != eight || *w.Best != thirty ||
				!k.Agreed {
				t.Errorf("the toll of Odesa: %+v", e.Toll)
			}
		}
	}
}

// Any order of the lines makes the same graph; here the reverse one.
func TestOrderDoesNotMatter(t *testing.T) {
	for _, example := range sample.All() {
		t.Run(example.Name, func(t *testing.T) {
			forwards, _ := load(t, example)
			backwards := memory.New()
			var names []string
			files := fstest.MapFS{}
			for _, name := range example.Names() {
				b, err := fs.ReadFile(example.Files(), name)
				if err != nil {
					t.Fatal(err)
				}
				lines := strings.Split(strings.TrimSpace(string(b)), "\n")
				slices.Reverse(lines)
				names, files[name] = append(names, name), &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
			}
			slices.Reverse(names)
			report, err := loader.Load(t.Context(), backwards, loader.FS(files, names), loader.Options{KeepText: true})
			if err != nil || report.Rejected > 0 {
				t.Fatal(err, report.FirstRejects)
			}
			for _, kind := range kg.NodeKinds.Values() {
				a, err := forwards.Scan(t.Context(), kind, "", 1000)
				if err != nil {
					t.Fatal(err)
				}
				b, err := backwards.Scan(t.Context(), kind, "", 1000)
				if err != nil {
					t.Fatal(err)
				}
				if asJSON(t, a) != asJSON(t, b) {
					t.Errorf("%ss differ", kind)
				}
			}
		})
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestStatuses checks the statuses, worked out by hand: a meeting that one side asserts and the other confirms in a
// text of its own, and a process that both speak of in sentences of their own. Everything else has one voice, or
// several that rest on the same words.
func TestStatuses(t *testing.T) {
	s, _ := loadSample(t)
	events, err := s.Scan(t.Context(), kg.KindEvent, "", 500)
	if err != nil {
		t.Fatal(err)
	}
	want := map[kg.ID]kg.ClaimStatus{
		"event:miami-talks-2025-12-20": kg.StatusConfirmed, "event:us-led-process": kg.StatusCorroborated,
	}
	if len(events.Subjects) != 39 {
		t.Errorf("%d events, want 39", len(events.Subjects))
	}
	for _, r := range events.Subjects {
		last := r.History.States[len(r.History.States)-1]
		if expected := cmp.Or(want[r.History.Subject], kg.StatusUnverified); last.Status != expected {
			t.Errorf("%s is %s, want %s", r.History.Subject, last.Status, expected)
		}
	}
}
