package exports

import (
	"net/url"
	"slices"

	"casus/internal/edtf"
	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/store"
)

// ParseRequest returns the request that parameters describe. Errors have the code BAD_INPUT and name the parameter.
func ParseRequest(values url.Values) (r export.Request, err error) {
	r.Graph, r.Table = export.Graph(values.Get("graph")), export.Table(values.Get("table"))
	r.Language = values.Get("language")
	for _, role := range values["role"] {
		r.Roles = append(r.Roles, kg.ParticipantRole(role))
	}
	r.View, r.Filter, err = ParseSelection(values, ofFormats...)
	return r, err
}

// ofFormats are the parameters that do not select events.
var ofFormats = []string{"graph", "role", "table", "language"}

// ParseSelection returns the view and the filter that parameters describe. others are the parameters that the caller
// reads itself; none may be repeated unless it is in Parameters. Errors have the code BAD_INPUT and name the parameter.
func ParseSelection(values url.Values, others ...string) (v kg.View, f *store.EventFilter, err error) {
	for name, list := range values {
		p, found := find(name)
		found = found && !slices.Contains(ofFormats, name) || slices.Contains(others, name)
		switch {
		case !found:
			return v, nil, kg.Errorf(kg.BadInput, "unknown parameter %q", name)
		case len(list) > 1 && !p.Repeatable:
			return v, nil, kg.Errorf(kg.BadInput, "%s is specified more than once", name)
		}
	}
	if at := values.Get("knownAt"); at != "" {
		moment, err := edtf.ParseMoment(at)
		if err != nil {
			return v, nil, kg.Errorf(kg.BadInput, "knownAt: %w", err)
		}
		v.KnownAt = &moment
	}
	f, err = parseFilter(values)
	return v, f, err
}
