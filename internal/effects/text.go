package effects

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// WriteText writes what changes: the event with its title, or the node, then a line for each value that changes.
func WriteText(w io.Writer, effects store.Effects) error {
	var b strings.Builder
	if len(effects.Events) == 0 {
		b.WriteString("no event changes its status, modality, time, toll or disagreements\n")
	}
	for _, e := range effects.Events {
		shown := NewEvent(e)
		fmt.Fprintf(&b, "%s  %s\n", shown.Event, shown.Title)
		for _, line := range shown.Lines() {
			fmt.Fprintf(&b, "  %s\n", line)
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

// Lines returns what changes, one value a line.
func (e Event) Lines() (all []string) {
	if e.Before == nil || e.After == nil {
		return []string{fmt.Sprintf("event: %s -> %s", existence(e.Before), existence(e.After))}
	}
	before, after := e.Before.values(), e.After.values()
	for i := range before {
		if before[i] != after[i] {
			all = append(all, fmt.Sprintf("%s: %s -> %s", valueNames[i], before[i], after[i]))
		}
	}
	return all
}

func existence(s *State) string {
	if s == nil {
		return "does not exist"
	}
	return "exists, " + string(s.Status)
}

var valueNames = [5]string{"status", "modality", "time", "toll", "disagreements"}

// values returns the values of a state that are compared, in the order of valueNames.
func (s State) values() [5]string {
	return [5]string{
		string(s.Status), string(s.Modality), s.Time, tollText(s.Toll), cmp.Or(strings.Join(s.Disagreements, ", "), "none"),
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
