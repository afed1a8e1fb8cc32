package record

import (
	"casus/internal/kg"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// DefinedIDs yields the ids that a record defines: of its node or event, and of its claims. A claim record does not
// define its subject.
func (rec *Record) DefinedIDs(yield func(kg.ID) bool) {
	if (rec.HasNode() || rec.Type == "event") && !yield(rec.ID) {
		return
	}
	for i := range rec.Batch.Claims {
		if !yield(rec.Batch.Claims[i].ID) {
			return
		}
	}
}

// DeclaredIDs returns the ids that the record, even an invalid one, tried to define. text is its JSON.
func (rec *Record) DeclaredIDs(text []byte) []kg.ID {
	var stated struct {
		ID     kg.ID `json:"id"`
		Claims []struct {
			ID kg.ID `json:"id"`
		} `json:"claims"`
	}
	ids := slices.Collect(rec.DefinedIDs)
	if json.Unmarshal(text, &stated) == nil {
		for _, c := range stated.Claims {
			ids = append(ids, c.ID)
		}
	}
	ids = append(ids, stated.ID)
	return slices.DeleteFunc(ids, func(id kg.ID) bool { return id == "" })
}

// References yields the ids that a record refers to and does not define. An id may be repeated.
func (rec *Record) References(yield func(kg.ID) bool) {
	var room [24]kg.ID
	ids := room[:0]
	for _, a := range rec.Batch.Actors {
		ids = slices.AppendSeq(ids, a.Provenance.Documents)
	}
	for _, l := range rec.Batch.Locations {
		ids = append(slices.AppendSeq(ids, l.Provenance.Documents), l.Parents...)
	}
	for _, d := range rec.Batch.Documents {
		ids = append(slices.AppendSeq(ids, d.Provenance.Documents), d.Publisher, d.Syndicates)
	}
	for _, r := range rec.Batch.Releases {
		ids = slices.AppendSeq(ids, r.Provenance.Documents)
	}
	for _, a := range rec.Batch.Affiliations {
		ids = append(slices.AppendSeq(ids, a.Provenance.Documents), a.Holder, a.Counterpart)
	}
	for _, d := range rec.Batch.Identities {
		ids = append(ids, d.A, d.B)
	}
	for _, v := range rec.Batch.Reviews {
		ids = append(ids, v.Targets()...)
	}
	for _, c := range rec.Batch.Corrections {
		ids = append(ids, c.References()...)
	}
	for i := range rec.Batch.Claims {
		ids = rec.Batch.Claims[i].AppendReferences(ids)
	}
	defines := rec.defines
	if len(rec.Batch.Claims) > manyClaims {
		own := make(map[kg.ID]bool, len(rec.Batch.Claims)+1)
		for id := range rec.DefinedIDs {
			own[id] = true
		}
		defines = func(id kg.ID) bool { return own[id] }
	}
	for _, id := range ids {
		if id != "" && !defines(id) && !yield(id) {
			return
		}
	}
}

// manyClaims is the number of claims of one record above which a set of their ids is faster than a search.
const manyClaims = 16

func (rec *Record) defines(id kg.ID) bool {
	for own := range rec.DefinedIDs {
		if own == id {
			return true
		}
	}
	return false
}

// PointerTo returns the JSON pointer to a text in a record, or "" if it is not there.
func PointerTo(record []byte, text string) string {
	var value any
	if json.Unmarshal(record, &value) != nil {
		return ""
	}
	var find func(v any) (string, bool)
	find = func(v any) (string, bool) {
		switch v := v.(type) {
		case string:
			return "", v == text
		case []any:
			for i, element := range v {
				if p, ok := find(element); ok {
					return fmt.Sprintf("/%d%s", i, p), true
				}
			}
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				if p, ok := find(v[key]); ok {
					return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key) + p, true
				}
			}
		}
		return "", false
	}
	pointer, _ := find(value)
	return pointer
}
