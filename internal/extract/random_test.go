package extract

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/extract/form"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/internal/testkit/seeds"
	"casus/loader"
)

// randomForm returns a form of entries that match the schema, in which many values are wrong: keys that no entry has,
// names and words that the text does not have, times that are not EDTF, sentences that do not exist.
type randomForm struct{ *rand.Rand }

func pick[T any](r randomForm, values ...T) T { return values[r.IntN(len(values))] }

func (r randomForm) key() string {
	if r.IntN(20) == 0 {
		return pick(r, "ghost", " ", "талі")
	}
	return pick(r, "venn", "union", "crew", "astel")
}

func (r randomForm) eventKey() string {
	if r.IntN(20) == 0 {
		return "ghost talks"
	}
	return pick(r, "talks", "fire", "plan")
}

func (r randomForm) words() string {
	return pick(r, "Nora Venn", "Venn", "harbour union", "the union", "Port Astel", "crew", "mayor", "boats", "Seven",
		"“We won’t sail,”", "\"We won't sail,\"", "We will not sail", "on Monday", "Friday", "Xanthe Orr", "❗")
}

func (r randomForm) time() string {
	return pick(r, "2031-03-03", "2031-03", "2031-03-07", "../2031", "2031-03-03/2031-03-05", "{2031,2032}", "2031-02-30",
		"last week", "XXXX", "-5000", "2031-03-03T10:00:00Z")
}

// orNull returns nil or a pointer to a value.
func orNull[T any](r randomForm, value T) *T {
	if r.IntN(2) == 0 {
		return nil
	}
	return &value
}

func times[T any](r randomForm, most int, make func() T) []T {
	all := []T{}
	for range r.IntN(most + 1) {
		all = append(all, make())
	}
	return all
}

func (r randomForm) form() form.Form {
	number := func() int { return r.IntN(6+r.IntN(3)) + 1 - r.IntN(50)/49 }
	return form.Form{
		Actors: times(r, 14, func() form.Actor {
			return form.Actor{Key: r.key(), Kind: pick(r, kg.ActorKinds.Values()...), Name: r.words(), EnglishName: r.words(),
				Country: orNull(r, pick(r, "UA", "PL", "Ukraine"))}
		}),
		Places: times(r, 9, func() form.Place {
			return form.Place{Key: r.key(), Kind: pick(r, kg.LocationKinds.Values()...), Name: r.words(), EnglishName: r.words(),
				Country: orNull(r, "XX"), Inside: orNull(r, r.key())}
		}),
		Ties: times(r, 4, func() form.Tie {
			return form.Tie{Holder: r.key(), Of: r.key(), Type: pick(r, kg.AffiliationTypes.Values()...),
				Position: orNull(r, r.words()), Sentence: number()}
		}),
		Events: times(r, 9, func() form.Event {
			return form.Event{Key: r.eventKey(), Title: r.words(), Category: pick(r, kg.EventCategories.Values()...),
				Modality: pick(r, kg.Modalities.Values()...), Time: orNull(r, r.time()), TimeWords: orNull(r, r.words()),
				PartOf: orNull(r, r.eventKey()),
				Participants: times(r, 4, func() form.Participant {
					return form.Participant{Actor: r.key(), Role: pick(r, kg.RoleInitiator, kg.RoleVictim),
						Representing: orNull(r, r.key())}
				}),
				Locations: times(r, 3, func() form.Location {
					return form.Location{Place: r.key(), Role: pick(r, kg.LocationRoles.Values()...)}
				})}
		}),
		Links: times(r, 5, func() form.Link {
			return form.Link{Event: r.eventKey(), Kind: pick(r, form.LinkAnnounces, "REJECTS", "RETALIATES"),
				Other: r.eventKey(), Condition: orNull(r, r.words())}
		}),
		Claims: times(r, 20, func() form.Claim {
			return form.Claim{Event: r.eventKey(), Sentences: times(r, 4, number), Words: orNull(r, r.words()),
				Claimants: times(r, 2, r.key), Stance: pick(r, kg.StanceAsserts, kg.StanceConfirms, kg.StanceDenies),
				Aspect: pick(r, kg.Aspects.Values()...), Value: orNull(r, pick(r, r.key(), r.time())),
				StatedAt: orNull(r, r.time()), Confidence: pick(r, form.CertaintyHigh, form.CertaintyLow),
				Figures: times(r, 2, func() form.Figure {
					return form.Figure{Kind: pick(r, kg.FigureKinds.Values()...), Population: pick(r, kg.Populations.Values()...),
						Number: orNull(r, number()), Qualifier: pick(r, kg.FigureQualifiers.Values()...), Unit: orNull(r, r.words())}
				})}
		}),
	}
}

// TestRandomForms converts random forms about an article that is published on several days, each with the graph of the
// ones before. No record of a proposal is rejected, every event has a claim, every span is verified, and each entry is
// used or refused.
func TestRandomForms(t *testing.T) {
	total := proposal.Counts{}
	for _, seed := range seeds.For(t, 12) {
		r := randomForm{rand.New(rand.NewPCG(seed, 25))}
		s := memory.New()
		for _, published := range []string{"2031-03-04", "2031-03-05", "2031-03-06"} {
			text, err := json.Marshal(r.form())
			if err != nil {
				t.Fatal(err)
			}
			var lists map[string][]map[string]any
			if err := json.Unmarshal(text, &lists); err != nil {
				t.Fatal(err)
			}
			p := convertBrief(t, Converter{Linker: link.New(s)}, published, lists)
			load(t, s, p, loader.Options{KeepText: true})
			checkSpans(t, s)
			checkEntries(t, p, lists)
			total.Claims, total.Refused = total.Claims+p.Run.Counts.Claims, total.Refused+p.Run.Counts.Refused
			total.Links += p.Run.Counts.Links
			if t.Failed() {
				t.Fatalf("seed %d, %s: %s", seed, published, text)
			}
		}
	}
	if total.Claims == 0 || total.Refused == 0 || total.Links == 0 {
		t.Errorf("%+v: the forms are not varied", total)
	}
	t.Logf("%d claims, %d refusals, %d links", total.Claims, total.Refused, total.Links)
}

// checkEntries fails if an event has no claim, or if an entry of the form was neither used nor refused.
func checkEntries(t *testing.T, p *proposal.Proposal, lists map[string][]map[string]any) {
	t.Helper()
	refused := map[string]map[int]bool{}
	for _, r := range p.Refused {
		if refused[r.List] == nil {
			refused[r.List] = map[int]bool{}
		}
		refused[r.List][r.Entry] = true
	}
	used := map[string]int{}
	for _, item := range p.Review.Items {
		if item.Key != "" {
			used[string(item.Type)+"s"]++
		}
	}
	for _, r := range p.Records {
		switch r := r.(type) {
		case *proposal.Event:
			if used["claims"] += len(r.Claims); len(r.Claims) == 0 {
				t.Errorf("%s has no claim", r.ID)
			}
		case *proposal.Affiliation:
			used["ties"]++
		}
	}
	used["places"] = used["locations"]
	for _, list := range slices.Sorted(maps.Keys(lists)) {
		if list == "links" {
			continue // an announcement may repeat another one
		}
		if n := len(lists[list]); used[list]+len(refused[list]) < n {
			t.Errorf("%s: %d entries, %d used, %d refused", list, n, used[list], len(refused[list]))
		}
	}
}
