package record

import (
	"encoding/json"
	"fmt"
	"slices"

	"casus/internal/kg"
)

// inlineClaim is the schema's definition of a claim within a record.
const inlineClaim = "inlineClaim"

// DecodeLenient does the same as Decode, but leaves out claims of an event or affiliation that are at fault by
// themselves, as if the record had never had them. The record is rejected if anything else in it is at fault, or if no
// claim is left.
func DecodeLenient(raw Raw) (Record, *Reject) {
	rec, fault := Decode(raw)
	if fault == nil || raw.Type != "event" && raw.Type != "affiliation" {
		return rec, fault
	}
	var fields map[string]json.RawMessage
	var claims, rest []json.RawMessage
	if json.Unmarshal(raw.Text(), &fields) != nil || json.Unmarshal(fields["claims"], &claims) != nil {
		return rec, fault
	}
	var kept []int
	var fallen []Fallen
	for i, content := range claims {
		id, broken := checkInline(content)
		if broken == nil {
			rest, kept = append(rest, content), append(kept, i)
			continue
		}
		f := Fallen{Pointer: claimPointer(i), ID: id, Fault: *broken.In(claimPointer(i))}
		if len(rec.Drafts) == len(claims) {
			f.stated = rec.Drafts[i].edges()
		}
		fallen = append(fallen, f)
	}
	if len(fallen) == 0 || len(kept) == 0 {
		return rec, fault
	}
	var err error
	if fields["claims"], err = json.Marshal(rest); err != nil {
		return rec, fault
	}
	content, err := json.Marshal(fields)
	if err != nil {
		return rec, fault
	}
	reduced, broken := Decode(Raw{Type: raw.Type, JSON: content})
	if broken != nil || len(reduced.Drafts) != len(kept) {
		return rec, fault
	}
	for i := range reduced.Drafts {
		reduced.Drafts[i].pointer = claimPointer(kept[i])
	}
	reduced.JSON, reduced.Fallen = raw.Text(), fallen
	return reduced, nil
}

// checkInline returns the id and the faults of a claim of a record.
func checkInline(content []byte) (kg.ID, *Reject) {
	var c claimRecord
	undecoded := decodeJSON(content, &c)
	if broken := CheckSchema(inlineClaim, content); broken != nil {
		return c.ID, broken
	}
	if undecoded != nil {
		return c.ID, undecodable(undecoded)
	}
	return c.ID, (&Draft{claim: c}).check()
}

func claimPointer(i int) string { return fmt.Sprintf("/claims/%d", i) }

// DropClaims leaves out the claims of an event or affiliation that are at fault. faults is parallel to Drafts; nil is
// no fault. It changes nothing and returns false if no claim would be left, or if there are none but the record itself.
func (rec *Record) DropClaims(faults []*Reject) bool {
	left := 0
	for _, f := range faults {
		if f == nil {
			left++
		}
	}
	if left == 0 || rec.Type != "event" && rec.Type != "affiliation" {
		return false
	}
	parallel := len(rec.Batch.Claims) == len(rec.Drafts)
	var drafts []Draft
	var claims []kg.Claim
	for i := range rec.Drafts {
		d := &rec.Drafts[i]
		if faults[i] == nil {
			drafts = append(drafts, *d)
			if parallel {
				claims = append(claims, rec.Batch.Claims[i])
			}
			continue
		}
		rec.Fallen = append(rec.Fallen, Fallen{Pointer: d.pointer, ID: d.ID(), Fault: *faults[i], stated: d.edges()})
	}
	if rec.Drafts = drafts; parallel {
		rec.Batch.Claims = claims
	}
	return true
}

// DropClaimsByID does the same for the claims that the record states with these ids. It returns false if one of the ids
// is not among them.
func (rec *Record) DropClaimsByID(faults map[kg.ID]*Reject) bool {
	each, found := make([]*Reject, len(rec.Drafts)), 0
	for i := range rec.Drafts {
		if each[i] = faults[rec.Drafts[i].ID()]; each[i] != nil {
			found++
		}
	}
	return found >= len(faults) && rec.DropClaims(each)
}

// FallenRejects returns a Reject for each claim that was left out, with the edges that no other claim lists.
func (rec *Record) FallenRejects() []Reject {
	if len(rec.Fallen) == 0 {
		return nil
	}
	left := map[string]bool{}
	for i := range rec.Drafts {
		for _, edge := range rec.Drafts[i].edges() {
			left[edge] = true
		}
	}
	all := make([]Reject, len(rec.Fallen))
	for i, f := range rec.Fallen {
		all[i] = f.Fault
		all[i].Claim = f.Pointer
		for _, edge := range f.stated {
			if !left[edge] && len(all[i].Lost) < MaxMore {
				all[i].Lost = append(all[i].Lost, edge)
			}
		}
	}
	return all
}

// edges returns in words what the claim lists as edges of its subject, each once.
func (d *Draft) edges() []string {
	var all []string
	for _, p := range d.claim.Participants {
		all = append(all, "participant "+string(p.Actor))
	}
	for _, p := range d.claim.Locations {
		all = append(all, "location "+string(p.Location))
	}
	for _, id := range d.claim.PartOf {
		all = append(all, "partOf "+string(id))
	}
	for _, r := range d.claim.RespondsTo {
		all = append(all, "respondsTo "+string(r.To))
	}
	for _, id := range d.claim.Announces {
		all = append(all, "announces "+string(id))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// NamesBesideClaims reports whether a record names one of some ids anywhere but in its claims. text is its JSON.
func NamesBesideClaims(text []byte, ids map[kg.ID]bool) bool {
	var fields map[string]any
	if json.Unmarshal(text, &fields) != nil {
		return true
	}
	delete(fields, "claims")
	var names func(v any) bool
	names = func(v any) bool {
		switch v := v.(type) {
		case string:
			return ids[kg.ID(v)]
		case []any:
			return slices.ContainsFunc(v, names)
		case map[string]any:
			for _, field := range v {
				if names(field) {
					return true
				}
			}
		}
		return false
	}
	return names(fields)
}
