package curate

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// WriteEffects writes how events change: the event with its title, then a line for each value that changes.
func WriteEffects(w io.Writer, effects []store.Effect) error {
	var b strings.Builder
	if len(effects) == 0 {
		b.WriteString("no event changes its status, modality, time or toll\n")
	}
	for _, e := range effects {
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
	_, err := io.WriteString(w, b.String())
	return err
}

func existence(s *kg.EventState) string {
	if s == nil {
		return "does not exist"
	}
	return "exists, " + string(s.Status)
}

var valueNames = [4]string{"status", "modality", "time", "toll"}

// values returns the values of a state that an effect compares.
func values(s kg.EventState) [4]string {
	return [4]string{string(s.Status), string(s.Modality), s.Time.EDTF, tollText(s.Toll)}
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
	Status   kg.ClaimStatus `json:"status"`
	Modality kg.Modality    `json:"modality"`
	Time     string         `json:"time"`
	Toll     kg.Toll        `json:"toll"`
}

// WriteEffectsJSON writes how events change, one JSON object a line.
func WriteEffectsJSON(w io.Writer, effects []store.Effect) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, e := range effects {
		record := effectRecord{e.Event, kg.BestName(e.Titles(), ""), newStateRecord(e.Before), newStateRecord(e.After)}
		if err := encoder.Encode(record); err != nil {
			return err
		}
	}
	return nil
}

func newStateRecord(s *kg.EventState) *stateRecord {
	if s == nil {
		return nil
	}
	return &stateRecord{s.Status, s.Modality, s.Time.EDTF, s.Toll}
}
