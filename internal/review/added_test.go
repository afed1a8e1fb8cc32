package review_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/review"
)

// addition returns an accepted item that a person added.
func addition(record, claim int, kind kg.NodeKind, id kg.ID, content string) proposal.Item {
	return proposal.Item{
		Record: record, Claim: claim, Type: kind, ID: id, Label: "added", Added: json.RawMessage(content),
		Decision: accept(),
	}
}

const (
	quayWords  = `{"spans":[{"exact":"boats burned at the quay"}]}`
	addedEvent = `{"type":"event","id":"event:by-hand","titles":[{"value":"Boats burn"}],"category":"OTHER",` +
		`"modality":"OCCURRED","document":"DOC"}`
)

// TestAdded adds claims and an event. What a person added is coded by a person, the rest by a program.
func TestAdded(t *testing.T) {
	for _, c := range []struct {
		name string
		// change changes the items, of which the last three are an added claim, an added event, and its claim.
		change func(items []proposal.Item)
		// added is the number of added claims that are loaded; fault and fallen are parts of the first ones.
		added         int
		fault, fallen string
	}{
		{"both", func([]proposal.Item) {}, 2, "", ""},
		{"undecided", func(items []proposal.Item) { items[0].Decision = nil }, 1, "", ""},
		{"its event rejected", func(items []proposal.Item) { items[1].Decision = reject() }, 1, "", "its event is rejected"},
		{"an event without its claim", func(items []proposal.Item) { items[2].Decision = reject() }, 1, "",
			"none of its claims is accepted"},
		{"edited afterwards", func(items []proposal.Item) {
			items[0].Decision.Edited = json.RawMessage(`{"aspect":"PLACE","spans":[{"exact":"the quay"}]}`)
		}, 2, "", ""},
		{"words that are not there", func(items []proposal.Item) {
			items[0].Added = json.RawMessage(`{"spans":[{"exact":"ships burned"}]}`)
		}, 1, "/spans/0/exact the words are not", ""},
		{"a claim of a run", func(items []proposal.Item) { // which no person states
			items[0].Added = json.RawMessage(`{"spans":[{"exact":"the quay"}],"extractions":[{"tool":"x","prompt":"y"}]}`)
		}, 2, "", ""},
		{"a withdrawal", func(items []proposal.Item) {
			items[0].Added = json.RawMessage(`{"stance":"RETRACTS","spans":[{"exact":"the quay"}]}`)
		}, 1, "/stance an article withdraws nothing", ""},
		{"an event of another document", func(items []proposal.Item) {
			content := strings.Replace(string(items[1].Added), `"document":"`, `"document":"document:x`, 1)
			items[1].Added = json.RawMessage(content)
		}, 1, "/document an edit keeps", "its event is undecided"},
		{"an event without a title", func(items []proposal.Item) {
			items[1].Added = json.RawMessage(strings.Replace(string(items[1].Added), `[{"value":"Boats burn"}]`, `[{}]`, 1))
		}, 1, "/titles/0", "its event is undecided"},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, r := propose(t, nil)
			r = acceptAll(r)
			machine := strings.Count(string(slices.Concat(toBytes(records)...)), `"tool"`)
			fire, next := find(t, r, "Fire at the quay").Record, len(records)+1
			r.Items = append(r.Items, addition(fire, 2, kg.KindClaim, "", quayWords),
				addition(next, 0, kg.KindEvent, "event:by-hand", strings.Replace(addedEvent, "DOC", string(r.Document), 1)),
				addition(next, 1, kg.KindClaim, "", quayWords))
			c.change(r.Items[len(r.Items)-3:])
			o := decide(t, records, r)
			counts := map[kg.Coding]int{}
			for _, each := range o.Reviews {
				counts[each.Verdict] += len(each.Claims)
			}
			if counts[kg.CodingHuman] != c.added || counts[kg.CodingMachineReviewed] != machine ||
				o.Counts.Claims != c.added+machine {
				t.Errorf("%v, want %d and %d", counts, c.added, machine)
			}
			var fault, fallen string
			if len(o.Faults) > 0 {
				fault = o.Faults[0].Field + " " + o.Faults[0].Reason
			}
			if len(o.Fallen) > 0 {
				fallen = o.Fallen[0].Reason
			}
			if !strings.HasPrefix(fault, c.fault) || !strings.HasPrefix(fallen, c.fallen) ||
				(fault == "") != (c.fault == "") || (fallen == "") != (c.fallen == "") {
				t.Errorf("fault %q, fallen %q; want %q, %q", fault, fallen, c.fault, c.fallen)
			}
		})
	}
}

func toBytes(records []json.RawMessage) (all [][]byte) {
	for _, r := range records {
		all = append(all, r)
	}
	return all
}

// TestAddedIsRefused adds items in places, or of types, that nothing can be added to.
func TestAddedIsRefused(t *testing.T) {
	records, r := propose(t, nil)
	fire, actor := find(t, r, "Fire at the quay"), find(t, r, "Nora Venn")
	next := len(records) + 1
	event := func(record int, id kg.ID) proposal.Item { return addition(record, 0, kg.KindEvent, id, addedEvent) }
	many := slices.Repeat([]proposal.Item{{}}, 1001)
	for i := range many {
		many[i] = addition(fire.Record, i+2, kg.KindClaim, "", quayWords)
	}
	for _, c := range []struct {
		name  string
		items []proposal.Item
		want  string
	}{
		{"a gap of claims", []proposal.Item{addition(fire.Record, 3, kg.KindClaim, "", quayWords)}, "is claim 2, not 3"},
		{"a claim in the place of another", []proposal.Item{addition(fire.Record, 1, kg.KindClaim, "", quayWords)},
			"is claim 2, not 1"},
		{"a claim of an actor", []proposal.Item{addition(actor.Record, 1, kg.KindClaim, "", quayWords)}, "events alone"},
		{"a claim of nothing", []proposal.Item{addition(next, 1, kg.KindClaim, "", quayWords)}, "events alone"},
		{"a claim before its event", []proposal.Item{
			addition(next, 1, kg.KindClaim, "", quayWords), event(next, "event:by-hand"),
		}, "events alone"},
		{"a gap of records", []proposal.Item{event(next+1, "event:by-hand")}, "not"},
		{"the id of another event", []proposal.Item{event(next, fire.ID)}, "has the id of record"},
		{"two of one id", []proposal.Item{event(next, "event:by-hand"), event(next+1, "event:by-hand")},
			"has the id of record"},
		{"no id of an event", []proposal.Item{event(next, "actor:x")}, "not event"},
		{"an actor", []proposal.Item{addition(next, 0, kg.KindActor, "actor:x", `{}`)}, "only events and claims"},
		{"a thousand and one", many, "more than 1000"},
	} {
		_, r := propose(t, nil)
		r.Items = append(r.Items, c.items...)
		if _, err := review.New(records, r); err == nil || !strings.Contains(err.Error(), c.want) ||
			kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
