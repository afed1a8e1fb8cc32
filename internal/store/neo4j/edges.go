package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/codec"
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
			text += ", COLLECT { MATCH " + l.pattern + where(b.isKnown("r")) + " RETURN r.record } AS " + l.column
		}
	}
	if want&kg.WantFigures != 0 {
		text += ", COLLECT { MATCH " + b.claimsPath("(e)") + "(c:Claim)" + where("c.hasFigures", b.isLive("c")) +
			" WITH c ORDER BY c.knownFrom, c.id" +
			" RETURN {record: c.record, knownTo: " + b.lifetime("c", "knownTo") + "} } AS figures"
	}
	rows, err := b.query(ctx, text)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
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
		return e + ".knownFrom IS NOT NULL"
	}
	state := b.name("s")
	return exists("("+e+")-[:HAS_STATE*0..1]->("+state+":EventState)", b.isKnown(state))
}

// edgeLists are the lists of edges r of an event e.
var edgeLists = []struct {
	want            kg.EdgeSet
	column, pattern string
	read            func(*neo4j.Record, string, *kg.EventEdges) error
}{
	{kg.WantParticipations, "participations", "(e)<-[r:PARTICIPATED_IN]-(:Actor)",
		edgeReader(func(e *kg.EventEdges) *[]kg.Participation { return &e.Participations })},
	{kg.WantLocations, "locations", "(e)-[r:OCCURRED_AT]->(:Location)",
		edgeReader(func(e *kg.EventEdges) *[]kg.EventLocation { return &e.Locations })},
	{kg.WantWholes, "wholes", "(e)-[r:PART_OF]->(:Event)",
		edgeReader(func(e *kg.EventEdges) *[]kg.EventPart { return &e.Wholes })},
	{kg.WantRespondsTo, "respondsTo", "(e)-[r:RESPONDS_TO]->(:Event)",
		edgeReader(func(e *kg.EventEdges) *[]kg.Response { return &e.RespondsTo })},
	{kg.WantResponses, "responses", "(e)<-[r:RESPONDS_TO]-(:Event)",
		edgeReader(func(e *kg.EventEdges) *[]kg.Response { return &e.Responses })},
	{kg.WantAnnounces, "announces", "(e)-[r:ANNOUNCES]->(:Event)",
		edgeReader(func(e *kg.EventEdges) *[]kg.Announcement { return &e.Announces })},
	{kg.WantAnnouncedBy, "announcedBy", "(e)<-[r:ANNOUNCES]-(:Event)",
		edgeReader(func(e *kg.EventEdges) *[]kg.Announcement { return &e.AnnouncedBy })},
}

func edgeReader[T any](list func(*kg.EventEdges) *[]T) func(*neo4j.Record, string, *kg.EventEdges) error {
	return func(r *neo4j.Record, name string, e *kg.EventEdges) error {
		records, err := listOf[string](r, name)
		if err != nil {
			return err
		}
		for _, text := range records {
			edge, err := codec.Decode[T](text)
			if err != nil {
				return kg.Errorf(kg.Internal, "decode a stored edge in %s: %w", name, err)
			}
			*list(e) = append(*list(e), edge)
		}
		return nil
	}
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
	rows, err := rowsOf(r, "figures")
	if err != nil {
		return nil, err
	}
	claims := make([]kg.Claim, len(rows))
	for i, row := range rows {
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
