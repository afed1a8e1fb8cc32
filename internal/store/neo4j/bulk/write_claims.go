package bulk

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"casus/internal/kg"
	"casus/internal/kg/disagree"
	"casus/internal/store/neo4j/rows"
)

// writeClaims writes the claims of one partition and the derived states of their subjects.
func (w *Writer) writeClaims(ctx context.Context, o *output, partition int) error {
	all, err := w.claims.read(partition)
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b packedClaim) int { return cmp.Compare(a.subject, b.subject) })
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].subject == all[0].subject {
			n++
		}
		if err := w.writeSubject(o, all[:n]); err != nil {
			return err
		}
		if err := contextError(ctx); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// writeSubject writes the claims about one subject and its derived states.
func (w *Writer) writeSubject(o *output, about []packedClaim) error {
	o.claims = o.claims[:0]
	clear(o.documents)
	clear(o.records)
	book := kg.VoiceBook{Documents: o.documents, Releases: w.shared.StoredReleases()}
	for _, a := range about {
		c, err := a.decode()
		if err != nil {
			return err
		}
		o.claims = append(o.claims, c)
		o.records[c.ID] = a.record
		for _, id := range c.SourceDocuments() {
			for id != "" {
				if _, have := book.Documents[id]; have {
					break
				}
				d := w.documents.voiceOf(id)
				book.Documents[id], id = d, d.Syndicates
			}
		}
	}
	subject := o.claims[0].Subject
	h := disagree.Derive(subject, o.claims, book, func(l kg.ID) []kg.ID { return w.locations.Stored()[l].Parents })
	slices.SortFunc(o.claims, kg.CompareClaims) // the order of the lifetimes
	for i, c := range o.claims {
		o.claim(c, h.Lifetimes[i])
	}
	if subject.Kind() == kg.KindEvent {
		o.event(h)
	} else {
		o.affiliated(w.affiliations.Stored()[subject], h)
	}
	return nil
}

func (o *output) claim(c kg.Claim, lifetime kg.ClaimLifetime) {
	o.sheets[claimNodes].row(func(to rows.Columns) { rows.Claim(to, c, lifetime, o.records[c.ID]) })
	o.link(about, c.ID, c.Subject)
	o.link(in, c.ID, c.Document)
	o.link(ofRelease, c.ID, c.Release)
	for _, a := range c.Claimants {
		o.link(accordingTo, c.ID, a)
	}
	for _, d := range c.Cites {
		o.link(cites, c.ID, d)
	}
}

func (o *output) event(h kg.History) {
	if len(h.States) == 0 { // only retractions are known about it
		o.sheets[events].row(func(c rows.Columns) { c.Text("id", string(h.Subject)) })
	}
	for i, s := range h.States {
		record := o.encode(s)
		emit := func(c rows.Columns) { rows.State(c, h.Subject, s, record) }
		if i == len(h.States)-1 {
			o.sheets[statedEvents].row(emit)
			continue
		}
		o.number++
		number := strconv.FormatInt(o.number*writers+o.writer, 10)
		o.sheets[states].row(emit, number)
		o.sheets[hasState].row(nil, string(h.Subject), number)
	}
	edges(o, participatedIn, h.Subject, rows.Participations, h.Participations)
	edges(o, occurredAt, h.Subject, rows.Places, h.Locations)
	edges(o, partOf, h.Subject, rows.Parts, h.Wholes)
	edges(o, respondsTo, h.Subject, rows.Responses, h.RespondsTo)
	edges(o, announces, h.Subject, rows.Announcements, h.Announces)
}

func edges[T any](o *output, k kind, event kg.ID, edge rows.Edge[T], versions []kg.Versioned[T]) {
	for _, v := range versions {
		from, to := edge.Ends(event, v.Edge)
		o.sheets[k].row(func(c rows.Columns) { edge.Emit(c, v) }, string(from), string(to))
	}
}

func (o *output) affiliated(a kg.Affiliation, h kg.History) {
	for _, v := range h.Affiliated {
		o.sheets[supported].row(func(c rows.Columns) { rows.Support(c, v) }, string(a.ID), string(a.Holder))
		o.sheets[affiliatedWith].row(func(c rows.Columns) { rows.Affiliated(c, a, v) },
			string(a.Holder), string(a.Counterpart))
	}
}
