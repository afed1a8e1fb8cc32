package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/codec"
	"casus/internal/store/neo4j/rows"
)

// EventEdges reads the wanted edges of all events in one query.
func (s *Store) EventEdges(ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID) ([]kg.EventEdges, error) {
	if len(events) == 0 {
		return nil, nil
	}
	return readView(ctx, s, v, func(b *builder) ([]kg.EventEdges, error) {
		return b.eventEdges(ctx, want, b.identities.IDs(events))
	})
}

func (b *builder) eventEdges(ctx context.Context, want kg.EdgeSet, events []kg.ID) ([]kg.EventEdges, error) {
	all := make([]kg.EventEdges, len(events))
	b.params["ids"] = stringsOf(events)
	text := "UNWIND range(0, size($ids) - 1) AS i MATCH (e:Event {id: $ids[i]})" + where(b.eventExists("e")) + " RETURN i"
	for _, l := range edgeLists {
		if want&l.want != 0 {
			text += ", COLLECT { MATCH " + l.pattern + where(b.isKnown("r")) + " RETURN " + l.values + " } AS " + l.column
		}
	}
	if want&kg.WantFigures != 0 {
		text += ", COLLECT { MATCH " + b.claimsPath("(e)") + "(c:Claim)" + where("c._hasFigures IS NOT NULL", b.isLive("c")) +
			" WITH c ORDER BY c._knownFrom, c.id" +
			" RETURN {record: c._record, knownTo: " + b.knownTo("c") + "} } AS figures"
	}
	answers, err := b.query(ctx, text)
	if err != nil {
		return nil, err
	}
	for _, r := range answers {
		i, err := column[int64](r, "i")
		if err != nil {
			return nil, err
		}
		if err := readEdges(r, &all[i], want, b.view.Moment()); err != nil {
			return nil, err
		}
		all[i].SortEdges()
	}
	return all, nil
}

// eventExists holds where an event e belongs to the view.
func (b *builder) eventExists(e string) clause {
	if b.latestOnly() {
		return e + "._knownFrom IS NOT NULL"
	}
	state := b.name("s")
	return exists("("+e+")-[:HAS_STATE*0..1]->("+state+":EventState)", b.inView(state))
}

// edgeList describes how to read one kind of edges r of an event e.
type edgeList struct {
	want                    kg.EdgeSet
	column, pattern, values string
	read                    func(*neo4j.Record, string, *kg.EventEdges) error
}

var edgeLists = []edgeList{
	edgesOf(kg.WantParticipations, "participations", "(e)<-[r:PARTICIPATED_IN]-(:Actor)", rows.Participations,
		func(e *kg.EventEdges) *[]kg.Participation { return &e.Participations }),
	edgesOf(kg.WantLocations, "locations", "(e)-[r:OCCURRED_AT]->(:Location)", rows.Places,
		func(e *kg.EventEdges) *[]kg.EventLocation { return &e.Locations }),
	edgesOf(kg.WantWholes, "wholes", "(e)-[r:PART_OF]->(:Event)", rows.Parts,
		func(e *kg.EventEdges) *[]kg.EventPart { return &e.Wholes }),
	edgesOf(kg.WantRespondsTo, "respondsTo", "(e)-[r:RESPONDS_TO]->(:Event)", rows.Responses,
		func(e *kg.EventEdges) *[]kg.Response { return &e.RespondsTo }),
	edgesOf(kg.WantResponses, "responses", "(e)<-[r:RESPONDS_TO]-(:Event)", rows.Responses,
		func(e *kg.EventEdges) *[]kg.Response { return &e.Responses }),
	edgesOf(kg.WantAnnounces, "announces", "(e)-[r:ANNOUNCES]->(:Event)", rows.Announcements,
		func(e *kg.EventEdges) *[]kg.Announcement { return &e.Announces }),
	edgesOf(kg.WantAnnouncedBy, "announcedBy", "(e)<-[r:ANNOUNCES]-(:Event)", rows.Announcements,
		func(e *kg.EventEdges) *[]kg.Announcement { return &e.AnnouncedBy }),
}

func edgesOf[T any](
	want kg.EdgeSet, column, pattern string, edge rows.Edge[T], list func(*kg.EventEdges) *[]T,
) edgeList {
	return edgeList{want, column, pattern, edge.List("r"), func(r *neo4j.Record, name string, e *kg.EventEdges) error {
		found, err := listOf[[]any](r, name)
		if err != nil {
			return err
		}
		for _, values := range found {
			read, err := edge.Read(values)
			if err != nil {
				return err
			}
			*list(e) = append(*list(e), read)
		}
		return nil
	}}
}

func readEdges(r *neo4j.Record, e *kg.EventEdges, want kg.EdgeSet, at edtf.Instant) error {
	for _, l := range edgeLists {
		if want&l.want == 0 {
			continue
		}
		if err := l.read(r, l.column, e); err != nil {
			return err
		}
	}
	if want&kg.WantFigures == 0 {
		return nil
	}
	claims, err := claimsWithFigures(r)
	e.Figures = kg.FiguresOf(claims, at)
	return err
}

func claimsWithFigures(r *neo4j.Record) ([]kg.Claim, error) {
	found, err := rowsOf(r, "figures")
	if err != nil {
		return nil, err
	}
	claims := make([]kg.Claim, len(found))
	for i, row := range found {
		record, err := field[string](row, "record")
		if err != nil {
			return nil, err
		}
		to, err := field[int64](row, "knownTo")
		if err != nil {
			return nil, err
		}
		if claims[i], err = codec.Decode[kg.Claim](record); err != nil {
			return nil, err
		}
		claims[i].KnownTo = edtf.Instant(to)
	}
	return claims, nil
}
