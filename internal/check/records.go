package check

import (
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// checkRecords checks nodes and decisions by themselves, and notes their references.
func (r *run) checkRecords(b kg.Batch) {
	for _, rel := range b.Releases {
		r.checkRecord(rel.ID, rel.Check())
		r.checkTime(rel.ID, "releasedAt", rel.ReleasedAt)
		r.references.add(rel.ID, slices.Collect(rel.Provenance.Documents)...)
		r.releases[rel.ID] = rel
	}
	for _, d := range b.Identities {
		r.checkRecord(d.ID, d.Check())
		r.references.add(d.ID, d.A, d.B)
	}
	for _, a := range b.Actors {
		r.checkRecord(a.ID, a.Check())
		r.references.add(a.ID, slices.Collect(a.Provenance.Documents)...)
	}
	for _, l := range b.Locations {
		r.checkRecord(l.ID, l.Check())
		r.references.add(l.ID, append(slices.Collect(l.Provenance.Documents), l.Parents...)...)
		r.within.add(l.ID, l.Parents...)
		r.edges[store.EdgeWithin] += len(l.Parents)
	}
	for _, d := range b.Documents {
		r.checkRecord(d.ID, d.Check())
		r.checkTime(d.ID, "publishedAt", d.PublishedAt)
		r.references.add(d.ID, append(slices.Collect(d.Provenance.Documents), d.Publisher, d.Syndicates)...)
		r.reprints.add(d.ID, d.Syndicates)
		if d.Text != "" && d.SHA256 != "" && !kg.HasTextHash(d.Text, d.SHA256) {
			r.addBreak(Text, d.ID, "its text has the SHA-256 %s, its sha256 is %s", kg.TextHash(d.Text), d.SHA256)
		}
	}
	for _, a := range b.Affiliations {
		r.checkRecord(a.ID, a.Check())
		r.checkTime(a.ID, "validTime", a.ValidTime)
		r.references.add(a.ID, append(slices.Collect(a.Provenance.Documents), a.Holder, a.Counterpart)...)
	}
}

// checkRecord adds a break for the error of a record's Check, without the id that the message may begin with.
func (r *run) checkRecord(id kg.ID, err error) {
	if err == nil {
		return
	}
	message := err.Error()
	if own := string(id) + ": "; len(message) > len(own) && message[:len(own)] == own {
		message = message[len(own):]
	}
	r.addBreak(Record, id, "%s", message)
}

// checkTime compares the bounds and precision of a time, if there is one, with its EDTF value.
func (r *run) checkTime(id kg.ID, field string, t *edtf.Time) {
	if t == nil {
		return
	}
	means, err := edtf.ParseTime(t.EDTF)
	switch {
	case err != nil:
		r.addBreak(Times, id, "%s: %v", field, err)
	case *t != means:
		r.addBreak(Times, id, "%s: %s is stored with the bounds [%s, %s) and precision %s, but means [%s, %s), %s",
			field, t.EDTF, t.Earliest, t.Latest, t.Precision, means.Earliest, means.Latest, means.Precision)
	}
}
