package exports

import (
	"net/url"

	"casus/internal/edtf"
	"casus/internal/export"
	"casus/internal/kg"
)

// ParseRequest returns the request that parameters describe. Errors have the code BAD_INPUT and name the parameter.
func ParseRequest(values url.Values) (export.Request, error) {
	var r export.Request
	for name, list := range values {
		p, found := find(name)
		switch {
		case !found:
			return r, kg.Errorf(kg.BadInput, "unknown parameter %q", name)
		case len(list) > 1 && !p.Repeatable:
			return r, kg.Errorf(kg.BadInput, "%s is specified more than once", name)
		}
	}
	r.Graph, r.Table = export.Graph(values.Get("graph")), export.Table(values.Get("table"))
	r.Language = values.Get("language")
	for _, role := range values["role"] {
		r.Roles = append(r.Roles, kg.ParticipantRole(role))
	}
	if at := values.Get("knownAt"); at != "" {
		moment, err := edtf.ParseMoment(at)
		if err != nil {
			return r, kg.Errorf(kg.BadInput, "knownAt: %w", err)
		}
		r.View.KnownAt = &moment
	}
	var err error
	r.Filter, err = parseFilter(values)
	return r, err
}
