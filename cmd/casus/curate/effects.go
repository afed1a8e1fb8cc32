package curate

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// WriteEffects writes what changes: the event with its title, or the node, then a line for each value that changes.
func WriteEffects(w io.Writer, effects store.Effects) error {
	var b strings.Builder
	if len(effects.Events) == 0 {
		b.WriteString("no event changes its status, modality, time, toll or disagreements\n")
	}
	for _, e := range effects.Events {
		fmt.Fprintf(&b, "%s  %s\n", e.Event, kg.BestName(e.Titles(), ""))
		if e.Before == nil || e.After == nil {
			fmt.Fprintf(&b, "  event: %s -> %s\n", existence(e.Before), existence(e.After))
			continue
		}
		before, after := values(*e.Before), values(*e.After)
		for i := range before {
			if before[i] != after[i] {
				fmt.Fprintf(&b, "  %s: %s -> %s\n", valueNames[i], before[i], after[i])
			}
		}
	}
	for i, c := range effects.Fields {
		if i == 0 || c.Node != effects.Fields[i-1].Node {
			fmt.Fprintf(&b, "%s\n", c.Node)
		}
		fmt.Fprintf(&b, "  %s: %s -> %s\n", c.Field, cmp.Or(c.Before, "none"), cmp.Or(c.After, "none"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func existence(s *kg.EventState) string {
	if s == nil {
		return "does not exist"
	}
	return "exists, " + string(s.Status)
}

var valueNames = [5]string{"status", "modality", "time", "toll", "disagreements"}

// values returns the values of a state that are compared, in the order of valueNames.
func values(s kg.EventState) [5]string {
	return [5]string{
		string(s.Status), string(s.Modality), s.Time.EDTF, tollText(s.Toll),
		cmp.Or(strings.Join(aspects(s), ", "), "none"),
	}
}

// aspects returns the aspects on which claims about an event disagree.
func aspects(s kg.EventState) []string {
	names := []string{}
	for _, a := range kg.Aspects.In(s.Disagreements) {
		names = append(names, string(a))
	}
	return names
}

// tollText returns a toll in words: "killed 6 (4 to 7), wounded 2".
func tollText(t kg.Toll) string {
	var all []string
	for quantity, n := range t.Numbers() {
		text := strings.ToLower(strings.TrimSpace(fmt.Sprintf("%s %s", quantity.Kind, quantity.Unit)))
		if quantity.Population != kg.PopulationTotal {
			text += " (" + strings.ToLower(string(quantity.Population)) + ")"
		}
		all = append(all, text+" "+estimateText(*n))
	}
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, ", ")
}

func estimateText(e kg.Estimate) string {
	number := func(n *int, none string) string {
		if n == nil {
			return none
		}
		return fmt.Sprint(*n)
	}
	low, high := number(e.Low, "?"), number(e.High, "or more")
	if best := number(e.Best, low); best != low || best != high {
		return fmt.Sprintf("%s (%s to %s)", best, low, high)
	}
	return low
}

// effectRecord is an effect as JSON. A state that does not exist is null.
type effectRecord struct {
	Event  kg.ID        `json:"event"`
	Title  string       `json:"title"`
	Before *stateRecord `json:"before"`
	After  *stateRecord `json:"after"`
}

type stateRecord struct {
	Status        kg.ClaimStatus `json:"status"`
	Modality      kg.Modality    `json:"modality"`
	Time          string         `json:"time"`
	Toll          kg.Toll        `json:"toll"`
	Disagreements []string       `json:"disagreements"`
}

// fieldRecord is the change of a field as JSON. No value is null.
type fieldRecord struct {
	Node   kg.ID   `json:"node"`
	Field  string  `json:"field"`
	Before *string `json:"before"`
	After  *string `json:"after"`
}

// WriteEffectsJSON writes what changes, one JSON object a line: events, then fields.
func WriteEffectsJSON(w io.Writer, effects store.Effects) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, e := range effects.Events {
		if err := encoder.Encode(newEffectRecord(e)); err != nil {
			return err
		}
	}
	for _, c := range effects.Fields {
		if err := encoder.Encode(newFieldRecord(c)); err != nil {
			return err
		}
	}
	return nil
}

func newFieldRecord(c kg.FieldChange) fieldRecord {
	r := fieldRecord{Node: c.Node, Field: c.Field}
	if c.Before != "" {
		r.Before = &c.Before
	}
	if c.After != "" {
		r.After = &c.After
	}
	return r
}

func newEffectRecord(e store.Effect) effectRecord {
	return effectRecord{e.Event, kg.BestName(e.Titles(), ""), newStateRecord(e.Before), newStateRecord(e.After)}
}

func newStateRecord(s *kg.EventState) *stateRecord {
	if s == nil {
		return nil
	}
	return &stateRecord{s.Status, s.Modality, s.Time.EDTF, s.Toll, aspects(*s)}
}

// Changes are effects as JSON.
type Changes struct {
	Events []effectRecord `json:"events"`
	Fields []fieldRecord  `json:"fields,omitempty"`
}

// NewChanges returns effects as JSON.
func NewChanges(effects store.Effects) *Changes {
	c := &Changes{Events: []effectRecord{}}
	for _, e := range effects.Events {
		c.Events = append(c.Events, newEffectRecord(e))
	}
	for _, f := range effects.Fields {
		c.Fields = append(c.Fields, newFieldRecord(f))
	}
	return c
}
