package link

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"casus/internal/extract/sentence"
	"casus/internal/kg"
	"casus/internal/testkit/times"
	"casus/loader"
)

// report is a document of sentences with the events that it reports.
type report struct {
	id        string
	sentences []string
	events    []reported
}

// reported is an event on numbered sentences, from 1. Actors are written as "INITIATOR sembra", answers as
// "ACCEPTS talks", where talks is the id of another event of the report.
type reported struct {
	id, category, modality, time string
	actors, places               []string
	sentences                    []int
	answers                      []string
	killed                       int
}

func (r report) text() string { return strings.Join(r.sentences, " ") }

// add loads the report.
func (r report) add(t *testing.T, l *Linker) {
	t.Helper()
	records := []map[string]any{{
		"type": "document", "id": "document:" + r.id, "titles": []string{r.id}, "publishedAt": "2031-03-10",
		"text": r.text(),
	}}
	split := sentence.Split(r.text())
	for _, e := range r.events {
		claim := map[string]any{"stance": "ASSERTS", "aspect": "OCCURRENCE"}
		var spans, actors, places, answers []any
		for _, n := range e.sentences {
			s := split[n-1]
			spans = append(spans, map[string]any{"start": s.Start, "end": s.End, "exact": s.Text})
		}
		claim["spans"] = spans
		if e.killed > 0 {
			claim["figures"] = []any{map[string]any{"kind": "KILLED", "best": e.killed}}
		}
		for _, a := range e.actors {
			role, id, _ := strings.Cut(a, " ")
			actors = append(actors, map[string]any{"actor": "actor:" + id, "role": role})
		}
		for _, p := range e.places {
			places = append(places, map[string]any{"location": "location:" + p, "role": "VENUE"})
		}
		for _, a := range e.answers {
			kind, to, _ := strings.Cut(a, " ")
			answers = append(answers, map[string]any{"to": "event:" + to, "kind": kind})
		}
		record := map[string]any{
			"type": "event", "id": "event:" + e.id, "titles": []string{e.id}, "category": e.category, "modality": e.modality,
			"document": "document:" + r.id, "participants": actors, "locations": places, "respondsTo": answers,
			"claims": []any{claim},
		}
		for key, value := range map[string][]any{"participants": actors, "locations": places, "respondsTo": answers} {
			if value == nil {
				delete(record, key)
			}
		}
		if e.time != "" {
			record["time"] = e.time
		}
		records = append(records, record)
	}
	var b bytes.Buffer
	for _, record := range records {
		if err := json.NewEncoder(&b).Encode(record); err != nil {
			t.Fatal(err)
		}
	}
	load(t, l, b.Bytes())
}

// load loads records, none of which may be rejected.
func load(t *testing.T, l *Linker, records []byte) {
	t.Helper()
	done, err := loader.Load(t.Context(), l.store.(loader.Store), []loader.Input{{
		Name: "graph", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(records)), nil },
	}}, loader.Options{KeepText: true})
	if err != nil || done.Rejected > 0 {
		t.Fatalf("%v %v", err, done.FirstRejects)
	}
}

// article returns the report as an article that is compared with documents. An actor or a place "new" is not known.
func (r report) article(t *testing.T, alike ...kg.Document) Article {
	t.Helper()
	a := Article{OwnPart: "-own", Text: r.text(), Sentences: sentence.Split(r.text()), Alike: alike}
	for _, e := range r.events {
		found := Event{
			Category: kg.EventCategory(e.category), Modality: kg.Modality(e.modality), Time: times.Parse(t, e.time),
		}
		for _, part := range e.actors {
			role, id, _ := strings.Cut(part, " ")
			if found.HasNewActors = found.HasNewActors || id == "new"; id != "new" {
				found.Parts = append(found.Parts, Part{kg.ID("actor:" + id), kg.ParticipantRole(role)})
			}
		}
		for _, id := range e.places {
			if found.HasNewPlaces = found.HasNewPlaces || id == "new"; id != "new" {
				found.Places = append(found.Places, kg.ID("location:"+id))
			}
		}
		for _, n := range e.sentences {
			found.Ranges = append(found.Ranges, a.Sentences[n-1].Range)
		}
		if e.killed > 0 {
			found.Figures = []Figure{{kg.FigureKilled, kg.PopulationTotal, e.killed}}
		}
		for _, answer := range e.answers {
			kind, id, _ := strings.Cut(answer, " ")
			to := slices.IndexFunc(r.events, func(o reported) bool { return o.id == id })
			found.Answers = append(found.Answers, Answer{kg.ResponseKind(kind), to})
		}
		a.Events = append(a.Events, found)
	}
	return a
}

// outcome writes what was found as "id CODE" for a certain event, and as "? id id" for suggestions.
func outcome(all []SameEvents) (found []string) {
	for _, same := range all {
		if same.Known != nil {
			found = append(found, strings.TrimPrefix(string(same.Known.ID), "event:")+" "+string(same.Known.Code))
			continue
		}
		var ids []string
		for _, s := range same.Suggestions {
			ids = append(ids, strings.TrimPrefix(string(s.ID), "event:"))
		}
		slices.Sort(ids)
		found = append(found, strings.Join(append([]string{"?"}, ids...), " "))
	}
	return found
}
