package sample_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader/sample"
)

// TestFictionalHasEveryTerm finds each term of the vocabularies in the loaded graph.
func TestFictionalHasEveryTerm(t *testing.T) {
	s, _ := load(t, sample.Fictional())
	found := termsOf(t, s)
	checkTerms(t, found, kg.ClaimStatuses)
	checkTerms(t, found, kg.Modalities)
	checkTerms(t, found, kg.EventCategories)
	checkTerms(t, found, kg.Stances)
	checkTerms(t, found, kg.Aspects)
	checkTerms(t, found, kg.ResponseKinds)
	checkTerms(t, found, kg.ParticipantRoles)
	checkTerms(t, found, kg.Sides)
	checkTerms(t, found, kg.LocationRoles)
	checkTerms(t, found, kg.AffiliationTypes)
	checkTerms(t, found, kg.FigureKinds)
	checkTerms(t, found, kg.Populations)
	checkTerms(t, found, kg.FigureQualifiers)
	checkTerms(t, found, kg.Trends)
	checkTerms(t, found, kg.MeasureNames)
	checkTerms(t, found, kg.ActorKinds)
	checkTerms(t, found, kg.LocationKinds)
	checkTerms(t, found, kg.NameKinds)
}

// terms are the terms that occur in a graph, each with its type, as in "kg.Stance DENIES".
type terms map[string]bool

func add[T ~string](found terms, term T) { found[fmt.Sprintf("%T %s", term, term)] = true }

func checkTerms[T ~string](t *testing.T, found terms, v kg.Vocabulary[T]) {
	t.Helper()
	for _, term := range v.Values() {
		if key := fmt.Sprintf("%T %s", term, term); !found[key] {
			t.Errorf("no %s", key)
		}
	}
}

// termsOf returns the terms that the current states, edges and claims of a graph have.
func termsOf(t *testing.T, s store.Store) terms {
	t.Helper()
	found := terms{}
	for _, r := range scan(t, s, kg.KindEvent).Subjects {
		h := r.History
		if r.Resolved != nil {
			h = *r.Resolved
		}
		state := h.States[len(h.States)-1]
		add(found, state.Status)
		add(found, state.Modality)
		add(found, state.Category)
		for _, p := range h.Participations {
			add(found, p.Edge.Role)
			add(found, p.Edge.Side)
		}
		for _, l := range h.Locations {
			add(found, l.Edge.Role)
		}
		for _, answer := range h.RespondsTo {
			add(found, answer.Edge.Kind)
		}
	}
	for _, c := range scan(t, s, kg.KindClaim).Claims {
		add(found, c.Stance)
		add(found, c.Aspect)
		for _, f := range c.Says.Figures {
			add(found, f.Kind)
			add(found, f.Population)
			add(found, f.Qualifier)
			add(found, f.Trend)
		}
		for _, m := range c.Says.Measures {
			add(found, m.Name)
		}
	}
	for _, a := range scan(t, s, kg.KindAffiliation).Affiliations {
		add(found, a.Type)
	}
	for _, a := range scan(t, s, kg.KindActor).Actors {
		add(found, a.Kind)
		for _, n := range a.Names {
			add(found, n.Kind)
		}
	}
	for _, l := range scan(t, s, kg.KindLocation).Locations {
		add(found, l.Kind)
		for _, n := range l.Names {
			add(found, n.Kind)
		}
	}
	return found
}

func scan(t *testing.T, s store.Store, kind kg.NodeKind) store.ScanPage {
	t.Helper()
	page, err := s.Scan(t.Context(), kind, "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// The statuses that follow from the claims, worked out from the story by hand.
func TestFictionalStatuses(t *testing.T) {
	s, _ := load(t, sample.Fictional())
	for id, want := range map[kg.ID]kg.ClaimStatus{
		"event:port-ledda-strike":       kg.StatusConfirmed,    // Ketschan, to another paper than the first
		"event:rovvek-meeting":          kg.StatusConfirmed,    // Sorvane, who withdrew his denial
		"event:rovvek-strike":           kg.StatusConfirmed,    // Tallic, in words of his own
		"event:kethania-accepts":        kg.StatusConfirmed,    // Strummet, in words of her own
		"event:strait-campaign":         kg.StatusCorroborated, // the Circle and the Beacon
		"event:truce":                   kg.StatusCorroborated,
		"event:strike-01-15-port-ledda": kg.StatusCorroborated, // the Circle, and the Courier through a coded row
		"event:olnet-strike":            kg.StatusDisputed,
		"event:watch-surrender":         kg.StatusDenied,
		"event:braskel-blast":           kg.StatusRetracted,
		"event:kethania-refuses":        kg.StatusUnverified, // three documents, one voice
		"event:strike-02-12-braskel":    kg.StatusUnverified,
		"event:lighthouse-inspection":   kg.StatusUnverified,
		"event:lighthouse-skirmish":     kg.StatusUnverified, // a coded row that cites one paper
		"event:accounts-frozen":         kg.StatusUnverified, // a machine-coded row
		"event:strait-war":              kg.StatusUnverified,
		"event:strike-01-16-braskel":    kg.StatusCorroborated,
		"event:patrol-clash":            kg.StatusUnverified, // a coded row that cites nothing
	} {
		nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{id})
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := nodes[0].(kg.Event); !ok || e.Status != want {
			t.Errorf("%s is %s, want %s", id, e.Status, want)
		}
	}
}

// The words of every claim in a document are in its text; the main reports are in Arabic, Ukrainian and English.
func TestFictionalClaimsAreQuoted(t *testing.T) {
	s, _ := load(t, sample.Fictional())
	texts := map[kg.ID][]rune{}
	languages := map[string]bool{}
	for _, d := range scan(t, s, kg.KindDocument).Documents {
		texts[d.ID] = []rune(d.Text)
		if len(d.Text) > 1500 {
			languages[d.Language] = true
		}
	}
	for _, language := range []string{"ar", "uk", "en"} {
		if !languages[language] {
			t.Errorf("no long text in %s", language)
		}
	}
	for _, c := range scan(t, s, kg.KindClaim).Claims {
		if c.Release == "" && len(c.Spans) == 0 {
			t.Errorf("%s has no span", c.ID)
		}
		for _, span := range c.Spans {
			text := texts[c.Document]
			if span.State != kg.SpanVerified || span.End > len(text) || string(text[span.Start:span.End]) != span.Exact {
				t.Errorf("%s: span %+v", c.ID, span)
			}
		}
	}
}

// Everything that is shown has a name in Arabic, Ukrainian and English, no country of ISO 3166 and no id of elsewhere.
func TestFictionalNames(t *testing.T) {
	s, _ := load(t, sample.Fictional())
	check := func(id kg.ID, names []kg.Name, country string) {
		for _, language := range []string{"ar", "uk", "en"} {
			if !slices.ContainsFunc(names, func(n kg.Name) bool { return n.Language == language }) {
				t.Errorf("%s has no name in %s", id, language)
			}
		}
		if country != "" && !strings.HasPrefix(country, "X") {
			t.Errorf("%s is of %s, which ISO 3166 may assign", id, country)
		}
	}
	for _, a := range scan(t, s, kg.KindActor).Actors {
		check(a.ID, a.Names, a.Country)
	}
	for _, l := range scan(t, s, kg.KindLocation).Locations {
		check(l.ID, l.Names, l.Country)
		if p := l.Point; p == nil || p.Latitude > -44 || p.Latitude < -49 || p.Longitude > -124 || p.Longitude < -130 {
			t.Errorf("%s is at %+v, outside the empty sea", l.ID, p)
		}
	}
	for _, r := range scan(t, s, kg.KindEvent).Subjects {
		check(r.History.Subject, r.History.States[0].Titles, "") // the first thing known of it
	}
}
