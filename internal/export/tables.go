package export

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"casus/internal/edtf"
	"casus/internal/export/tolls"
	"casus/internal/kg"
)

// The types below are the rows of the tables. The parquet tag names a field's column, in CSV too; docs/exports.md
// describes all columns, which a test checks. Absent texts are empty, absent numbers and times nil. Times are
// milliseconds since 1970 in UTC.

// eventRow is one event.
type eventRow struct {
	ID            string   `parquet:"id"`
	Title         string   `parquet:"title"`
	Titles        []string `parquet:"titles,list"`
	Summary       string   `parquet:"summary"`
	Category      string   `parquet:"category"`
	Mode          string   `parquet:"mode"`
	Codes         []string `parquet:"codes,list"`
	Modality      string   `parquet:"modality"`
	Status        string   `parquet:"status"`
	Time          string   `parquet:"time"`
	Nominal       string   `parquet:"nominal"`
	Start         *int64   `parquet:"start,optional,timestamp(millisecond)"`
	End           *int64   `parquet:"end,optional,timestamp(millisecond)"`
	Precision     string   `parquet:"precision"`
	Approximate   bool     `parquet:"approximate"`
	Uncertain     bool     `parquet:"uncertain"`
	FirstAsserted string   `parquet:"first_asserted"`
	KnownFrom     *int64   `parquet:"known_from,optional,timestamp(millisecond)"`
	KilledLow     *int64   `parquet:"killed_low,optional"`
	KilledBest    *int64   `parquet:"killed_best,optional"`
	KilledHigh    *int64   `parquet:"killed_high,optional"`
	WoundedLow    *int64   `parquet:"wounded_low,optional"`
	WoundedBest   *int64   `parquet:"wounded_best,optional"`
	WoundedHigh   *int64   `parquet:"wounded_high,optional"`

	KilledLowContribution   *int64 `parquet:"killed_low_contribution,optional"`
	KilledBestContribution  *int64 `parquet:"killed_best_contribution,optional"`
	KilledHighContribution  *int64 `parquet:"killed_high_contribution,optional"`
	WoundedLowContribution  *int64 `parquet:"wounded_low_contribution,optional"`
	WoundedBestContribution *int64 `parquet:"wounded_best_contribution,optional"`
	WoundedHighContribution *int64 `parquet:"wounded_high_contribution,optional"`

	Documents     int64    `parquet:"documents"`
	Publishers    int64    `parquet:"publishers"`
	Voices        int64    `parquet:"voices"`
	Datasets      int64    `parquet:"datasets"`
	Locations     []string `parquet:"locations,list"`
	LocationNames []string `parquet:"location_names,list"`
	Latitude      *float64 `parquet:"latitude,optional"`
	Longitude     *float64 `parquet:"longitude,optional"`
	Countries     []string `parquet:"countries,list"`
	PartOf        []string `parquet:"part_of,list"`
	RespondsTo    []string `parquet:"responds_to,list"`
	Announces     []string `parquet:"announces,list"`
}

// participantRow is one actor in one role in one event.
type participantRow struct {
	Event            string   `parquet:"event"`
	EventTitle       string   `parquet:"event_title"`
	EventTime        string   `parquet:"event_time"`
	EventStart       *int64   `parquet:"event_start,optional,timestamp(millisecond)"`
	EventStatus      string   `parquet:"event_status"`
	Actor            string   `parquet:"actor"`
	ActorName        string   `parquet:"actor_name"`
	ActorKind        string   `parquet:"actor_kind"`
	ActorCountry     string   `parquet:"actor_country"`
	Role             string   `parquet:"role"`
	Side             string   `parquet:"side"`
	Capacity         string   `parquet:"capacity"`
	Representing     string   `parquet:"representing"`
	RepresentingName string   `parquet:"representing_name"`
	Status           string   `parquet:"status"`
	Claims           []string `parquet:"claims,list"`
}

// claimRow is one claim about one event.
type claimRow struct {
	ID            string   `parquet:"id"`
	Event         string   `parquet:"event"`
	Stance        string   `parquet:"stance"`
	Aspect        string   `parquet:"aspect"`
	Claimants     []string `parquet:"claimants,list"`
	ClaimantNames []string `parquet:"claimant_names,list"`
	RelayedBy     []string `parquet:"relayed_by,list"`
	Document      string   `parquet:"document"`
	DocumentTitle string   `parquet:"document_title"`
	URL           string   `parquet:"url"`
	Publisher     string   `parquet:"publisher"`
	PublisherName string   `parquet:"publisher_name"`
	Dataset       string   `parquet:"dataset"`
	Release       string   `parquet:"release"`
	StatedAt      string   `parquet:"stated_at"`
	AssertedAt    string   `parquet:"asserted_at"`
	KnownFrom     *int64   `parquet:"known_from,optional,timestamp(millisecond)"`
	KnownTo       *int64   `parquet:"known_to,optional,timestamp(millisecond)"`
	WithdrawnBy   []string `parquet:"withdrawn_by,list"`
	Supersedes    []string `parquet:"supersedes,list"`
	Cites         []string `parquet:"cites,list"`
	Confidence    *int64   `parquet:"confidence,optional"`
	Quote         string   `parquet:"quote"`
	QuoteLanguage string   `parquet:"quote_language"`
	Direct        bool     `parquet:"direct"`
	Speaker       string   `parquet:"speaker"`
	Spans         int64    `parquet:"spans"`
	Verified      int64    `parquet:"verified_spans"`
	Time          string   `parquet:"time"`
	Modality      string   `parquet:"modality"`
	Nominal       string   `parquet:"nominal"`
	Figures       []string `parquet:"figures,list"`
	Measures      []string `parquet:"measures,list"`
	Note          string   `parquet:"note"`
}

// figureRow is one number that one claim about an event states.
type figureRow struct {
	Event      string `parquet:"event"`
	EventTitle string `parquet:"event_title"`
	Claim      string `parquet:"claim"`
	Stance     string `parquet:"stance"`
	KnownFrom  *int64 `parquet:"known_from,optional,timestamp(millisecond)"`
	KnownTo    *int64 `parquet:"known_to,optional,timestamp(millisecond)"`
	Kind       string `parquet:"kind"`
	Population string `parquet:"population"`
	Unit       string `parquet:"unit"`
	Low        *int64 `parquet:"low,optional"`
	Best       *int64 `parquet:"best,optional"`
	High       *int64 `parquet:"high,optional"`
	Qualifier  string `parquet:"qualifier"`
	Trend      string `parquet:"trend"`
}

// rows passes the rows of the requested table to its function, in batches. The other functions may be nil.
func (x *exporter) rows(
	events func([]eventRow) error, participants func([]participantRow) error, claims func([]claimRow) error,
	figures func([]figureRow) error,
) error {
	var added tolls.Contributions
	if x.Table == TableEvents {
		var err error
		if added, err = x.contributions(); err != nil {
			return err
		}
	}
	return x.events(func(page []kg.Event) error {
		switch x.Table {
		case TableEvents:
			return passRows(events)(x.eventRows(page, added))
		case TableParticipants:
			return passRows(participants)(x.participantRows(page))
		case TableFigures:
			titles := map[kg.ID]string{}
			for _, e := range page {
				titles[e.ID] = x.name(e.Titles)
			}
			return x.claims(x.View, idsOf(page), func(batch []kg.Claim) error {
				return passRows(figures)(figureRows(batch, titles), nil)
			})
		}
		return x.claims(x.View, idsOf(page), func(batch []kg.Claim) error { return passRows(claims)(x.claimRows(batch)) })
	})
}

// passRows returns a function that passes rows on to each, unless there is an error.
func passRows[T any](each func([]T) error) func([]T, error) error {
	return func(rows []T, err error) error {
		if err != nil {
			return err
		}
		return each(rows)
	}
}

func (x *exporter) eventRows(page []kg.Event, added tolls.Contributions) ([]eventRow, error) {
	edges, err := x.edges(page, kg.WantLocations|kg.WantWholes|kg.WantRespondsTo|kg.WantAnnounces)
	if err != nil {
		return nil, err
	}
	found, err := x.places(edges)
	if err != nil {
		return nil, err
	}
	rows := make([]eventRow, len(page))
	for i, e := range page {
		rows[i] = eventRow{
			ID: string(e.ID), Title: x.name(e.Titles), Summary: x.name(e.Summaries), Category: string(e.Category), Mode: e.Mode,
			Modality: string(e.Modality), Status: string(e.Status),
			Time: e.Time.EDTF, Nominal: string(e.Nominal), Start: millis(e.Time.Earliest), End: millis(e.Time.Latest),
			Precision: string(e.Time.Precision), Approximate: e.Time.Approximate, Uncertain: e.Time.Uncertain,
			FirstAsserted: e.FirstAsserted.EDTF, KnownFrom: millis(e.KnownFrom),
			Documents: int64(e.Sources.Documents), Publishers: int64(e.Sources.Publishers), Voices: int64(e.Sources.Voices),
			Datasets: int64(e.Sources.Datasets),
		}
		rows[i].fill(x, e, edges[i], found)
		rows[i].fillContributions(e, added)
	}
	return rows, nil
}

// fill adds the lists and the toll.
func (r *eventRow) fill(x *exporter, e kg.Event, edges kg.EventEdges, found map[kg.ID]kg.Node) {
	for _, t := range e.Titles {
		r.Titles = append(r.Titles, t.Value)
	}
	for _, c := range e.Codes {
		r.Codes = append(r.Codes, c.Scheme+":"+c.Value)
	}
	if k := e.Toll.Killed; k != nil {
		r.KilledLow, r.KilledBest, r.KilledHigh = int64Of(k.Low), int64Of(k.Best), int64Of(k.High)
	}
	if w := e.Toll.Wounded; w != nil {
		r.WoundedLow, r.WoundedBest, r.WoundedHigh = int64Of(w.Low), int64Of(w.Best), int64Of(w.High)
	}
	for _, l := range edges.Locations {
		at, _ := found[l.Location].(kg.Location)
		r.Locations = append(r.Locations, string(l.Location))
		r.LocationNames = append(r.LocationNames, x.name(at.Names))
		if p := at.Point; p != nil && r.Latitude == nil {
			r.Latitude, r.Longitude = &p.Latitude, &p.Longitude
		}
		if at.Country != "" && !slices.Contains(r.Countries, at.Country) {
			r.Countries = append(r.Countries, at.Country)
		}
	}
	for _, w := range edges.Wholes {
		r.PartOf = append(r.PartOf, string(w.Whole))
	}
	for _, t := range edges.RespondsTo {
		r.RespondsTo = append(r.RespondsTo, string(t.Kind)+":"+string(t.To))
	}
	for _, a := range edges.Announces {
		r.Announces = append(r.Announces, string(a.Of))
	}
}

// fillContributions adds what the event contributes to the sums of the selection.
func (r *eventRow) fillContributions(e kg.Event, added tolls.Contributions) {
	if k := added.Killed(e); k != nil {
		r.KilledLowContribution, r.KilledBestContribution = int64Of(&k.Low), int64Of(&k.Best)
		r.KilledHighContribution = int64Of(k.High)
	}
	if w := added.Wounded(e); w != nil {
		r.WoundedLowContribution, r.WoundedBestContribution = int64Of(&w.Low), int64Of(&w.Best)
		r.WoundedHighContribution = int64Of(w.High)
	}
}

func (x *exporter) participantRows(page []kg.Event) ([]participantRow, error) {
	edges, err := x.edges(page, kg.WantParticipations)
	if err != nil {
		return nil, err
	}
	var actors []kg.ID
	for _, e := range edges {
		for _, p := range e.Participations {
			actors = append(actors, p.Actor, p.Representing)
		}
	}
	found, err := x.nodes(actors)
	if err != nil {
		return nil, err
	}
	var rows []participantRow
	for i, e := range page {
		for _, p := range edges[i].Participations {
			a, _ := found[p.Actor].(kg.Actor)
			rows = append(rows, participantRow{
				Event: string(e.ID), EventTitle: x.name(e.Titles), EventTime: e.Time.EDTF,
				EventStart: millis(e.Time.Earliest), EventStatus: string(e.Status),
				Actor: string(p.Actor), ActorName: x.name(a.Names), ActorKind: string(a.Kind), ActorCountry: a.Country,
				Role: string(p.Role), Side: string(p.Side), Capacity: p.Capacity, Representing: string(p.Representing),
				RepresentingName: x.label(found[p.Representing]), Status: string(p.Status), Claims: texts(p.Claims),
			})
		}
	}
	return rows, nil
}

func (x *exporter) claimRows(batch []kg.Claim) ([]claimRow, error) {
	var named []kg.ID
	for _, c := range batch {
		named = append(append(named, c.Document), c.Claimants...)
	}
	found, err := x.nodes(named)
	if err != nil {
		return nil, err
	}
	var publishers []kg.ID
	for _, n := range found {
		if d, ok := n.(kg.Document); ok {
			publishers = append(publishers, d.Publisher)
		}
	}
	published, err := x.nodes(publishers)
	if err != nil {
		return nil, err
	}
	rows := make([]claimRow, len(batch))
	for i, c := range batch {
		d, _ := found[c.Document].(kg.Document)
		rows[i] = claimRow{
			ID: string(c.ID), Event: string(c.Subject), Stance: string(c.Stance), Aspect: string(c.Aspect),
			Claimants: texts(c.Claimants), ClaimantNames: x.labels(c.Claimants, found), RelayedBy: texts(c.RelayedBy),
			Document: string(c.Document), DocumentTitle: x.name(d.Titles), URL: kg.AddressOrNone(d.URL),
			Publisher: string(d.Publisher), PublisherName: x.label(published[d.Publisher]),
			AssertedAt: c.AssertedAt.EDTF, KnownFrom: millis(c.KnownFrom()), KnownTo: millis(c.KnownTo),
			WithdrawnBy: texts(c.WithdrawnBy), Supersedes: texts(c.Supersedes), Cites: texts(c.Cites),
			Confidence: int64Of(c.Confidence), Modality: string(c.Says.Modality), Note: c.Note,
			Spans: int64(len(c.Spans)),
		}
		rows[i].fill(c)
	}
	return rows, nil
}

// figureRows returns the figures of claims about events with these titles.
func figureRows(batch []kg.Claim, titles map[kg.ID]string) []figureRow {
	var rows []figureRow
	for _, c := range batch {
		for _, f := range c.Says.Figures {
			rows = append(rows, figureRow{
				Event: string(c.Subject), EventTitle: titles[c.Subject], Claim: string(c.ID), Stance: string(c.Stance),
				KnownFrom: millis(c.KnownFrom()), KnownTo: millis(c.KnownTo), Kind: string(f.Kind),
				Population: string(f.Population), Unit: f.Unit, Low: int64Of(f.Low), Best: int64Of(f.Best),
				High: int64Of(f.High), Qualifier: string(f.Qualifier), Trend: string(f.Trend),
			})
		}
	}
	return rows
}

// fill adds the optional fields and counts verified spans.
func (r *claimRow) fill(c kg.Claim) {
	if c.Dataset != nil {
		r.Dataset, r.Release = c.Dataset.Name, c.Dataset.Release
	}
	if c.StatedAt != nil {
		r.StatedAt = c.StatedAt.EDTF
	}
	if c.Says.Time != nil {
		r.Time = c.Says.Time.EDTF
	}
	if q := c.Quote; q != nil {
		r.Quote, r.QuoteLanguage, r.Direct, r.Speaker = q.Text, q.Language, q.Direct, string(q.Speaker)
	}
	for _, s := range c.Spans {
		if s.State == kg.SpanVerified || s.State == kg.SpanReanchored {
			r.Verified++
		}
	}
	for _, f := range c.Says.Figures {
		r.Figures = append(r.Figures, figure(f))
	}
	for _, m := range c.Says.Measures {
		r.Measures = append(r.Measures, string(m.Name)+" "+strconv.FormatFloat(m.Value, 'f', -1, 64))
	}
	r.Nominal = string(c.Says.Nominal)
}

// figure returns a figure as text, such as "KILLED CIVILIAN AT_LEAST 7", with low..high if it has them.
func figure(f kg.Figure) string {
	parts := []string{string(f.Kind), string(f.Population), string(f.Qualifier), number(f.Best)}
	if f.Low != nil || f.High != nil {
		parts = append(parts, number(f.Low)+".."+number(f.High))
	}
	parts = append(parts, f.Unit, string(f.Trend))
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

func millis(i edtf.Instant) *int64 {
	if !i.Bounded() {
		return nil
	}
	n := int64(i)
	return &n
}

func int64Of(n *int) *int64 {
	if n == nil {
		return nil
	}
	w := int64(*n)
	return &w
}

func texts(ids []kg.ID) []string {
	var all []string
	for _, id := range ids {
		all = append(all, string(id))
	}
	return all
}

// columnOf returns the column's name in a field's tag.
func columnOf(tag string) string {
	name, _, _ := strings.Cut(tag, ",")
	return cmp.Or(name, tag)
}
