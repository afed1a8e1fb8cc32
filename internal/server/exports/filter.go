package exports

import (
	"encoding/json"
	"net/url"
	"strings"

	"casus/graph"
	"casus/internal/kg"
	"casus/internal/querycheck"
	"casus/internal/store"
	"casus/internal/strictjson"
)

// parseFilter returns one filter that combines all conditions, or nil if there are none. It validates them against the
// API's EventFilter, so that exports and queries accept the same filters.
func parseFilter(values url.Values) (*store.EventFilter, error) {
	conditions := conditionsOf(values)
	if values.Has("filter") {
		saved, err := parseObject(values.Get("filter"))
		if err != nil {
			return nil, err
		}
		conditions["and"] = []any{saved}
	}
	if len(conditions) == 0 {
		return nil, nil
	}
	input, err := querycheck.Input(graph.Schema(), "EventFilter", conditions)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "%w", err)
	}
	return eventFilter(input)
}

// conditionsOf returns the conditions other than filter as a GraphQL input value.
func conditionsOf(values url.Values) map[string]any {
	conditions := map[string]any{}
	set := func(name, field string, value any) {
		if values.Has(name) {
			conditions[field] = value
		}
	}
	time, place := map[string]any{}, map[string]any{}
	for _, end := range []string{"from", "to"} {
		if values.Has(end) {
			time[end], conditions["time"] = values.Get(end), time
		}
	}
	for name, field := range map[string]string{"place": "within", "country": "countries"} {
		if values.Has(name) {
			place[field], conditions["place"] = list(values[name]), place
		}
	}
	var participants []any
	for _, a := range values["actor"] {
		participants = append(participants, map[string]any{"anyOf": []any{a}})
	}
	set("actor", "participants", participants)
	set("text", "text", values.Get("text"))
	set("category", "categories", list(values["category"]))
	set("status", "statuses", list(values["status"]))
	set("modality", "modalities", list(values["modality"]))
	set("partOf", "partOf", list(values["partOf"]))
	set("dataset", "datasets", list(values["dataset"]))
	set("publisher", "publishers", list(values["publisher"]))
	return conditions
}

// parseObject decodes a JSON object and keeps its numbers as they are written.
func parseObject(text string) (map[string]any, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var object map[string]any
	if err := d.Decode(&object); err != nil || d.More() {
		return nil, kg.Errorf(kg.BadInput, `filter must be a JSON object such as {"statuses": ["CONFIRMED"]}`)
	}
	if faults := strictjson.Check([]byte(text)); len(faults) > 0 {
		return nil, kg.Errorf(kg.BadInput, "filter: %w", faults[0])
	}
	strictjson.WholeNumbers(object)
	return object, nil
}

// eventFilter converts a validated input value to the domain's filter.
func eventFilter(input any) (*store.EventFilter, error) {
	body, err := json.Marshal(input)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "%w", err)
	}
	var f store.EventFilter
	if err := json.Unmarshal(body, &f); err != nil {
		return nil, kg.Errorf(kg.BadInput, "%w", err)
	}
	if err := checkIDs(f); err != nil {
		return nil, err
	}
	return f.Normalize()
}

func list(values []string) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = v
	}
	return all
}
