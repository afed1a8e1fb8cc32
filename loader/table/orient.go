package table

import (
	"slices"
	"strconv"

	"casus/internal/kg"
)

// checkOrient returns an error if an object is a table by columns or in another of the forms in which pandas writes
// JSON, and which are not lists of rows.
func (w *wrapperScan) checkOrient(file string) error {
	form := ""
	switch isZero := func(name string) bool { return name == "0" }; {
	case len(w.keys) == 3 && slices.Contains(w.keys, "columns") && slices.Contains(w.keys, "index") &&
		slices.Contains(w.keys, "data"):
		form = "a table with its column names and its rows in separate lists"
	case len(w.inner) == 0 || len(w.lists) > 0 || w.scalars > 0:
	case isNumbered(w.keys):
		form = "an object of rows"
	case (len(w.inner) > 1 || !w.ended) && !slices.ContainsFunc(w.inner, func(n string) bool { return !isZero(n) }):
		form = "a table by columns"
	}
	if form == "" {
		return nil
	}
	return orientError(file, form)
}

// isNumbered reports whether the names are 0, 1 and so on.
func isNumbered(names []string) bool {
	for i, n := range names {
		if n != strconv.Itoa(i) {
			return false
		}
	}
	return len(names) > 0
}

func orientError(file, form string) error {
	return kg.Errorf(kg.BadInput, `%s is %s, not a list of objects: with pandas, `+
		`write it with to_json(..., orient="records")`, file, form)
}
