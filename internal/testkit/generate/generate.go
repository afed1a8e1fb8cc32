// Package generate writes tables of any size that resemble the tables of newsrooms and data sets. Tests and the
// benchmarks of internal/bench load them.
package generate

import (
	"bufio"
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"casus/loader/mapping"
)

// Shape has the parameters of a generated table. The same shape always makes the same bytes.
type Shape struct {
	Events int
	Seed   uint64
	// Prefix is the prefix of all ids, so that tables with different prefixes have no ids in common.
	Prefix string
	// Histories adds documents to each event. Some are years late and some before the event, and some state only a month
	// or a year, or a different day.
	Histories bool
}

// Columns are the columns of the table that Write creates. A row is one claim: the statement of one document about one
// event.
var Columns = []string{
	"event", "document", "publisher", "published", "title", "actor_a", "name_a", "actor_b", "name_b", "type", "date",
	"days",
	"place", "place_name", "region", "country", "latitude", "longitude", "killed", "headline",
}

//go:embed generated.yaml
var generated []byte

// Mapping returns the mapping that makes records of the table.
func Mapping() (*mapping.Mapping, error) { return mapping.Parse("generated.yaml", generated, nil) }

// claimsPerEvent is the mean number of documents about an event. Most events have one, a few have very many.
const claimsPerEvent = 1.25

// Write writes the table as CSV with a header. Actors and places follow Zipf's law, so that a few are hubs. Half of the
// events are in bursts. An event may have several documents, with different numbers of killed. Names are Latin,
// Cyrillic and Arabic.
func Write(w io.Writer, s Shape) error {
	out := csv.NewWriter(bufio.NewWriterSize(w, 1<<20))
	if err := out.Write(Columns); err != nil {
		return err
	}
	g := newGenerator(s)
	for i := range s.Events {
		for _, row := range g.event(i) {
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

type generator struct {
	*rand.Rand
	actors, places, publishers *zipf
	bursts                     []time.Time
	documents                  int
	histories                  bool
	prefix                     string
}

var firstDay = time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC)

func newGenerator(s Shape) *generator {
	r := rand.New(rand.NewPCG(s.Seed, 1))
	g := &generator{
		Rand: r, actors: newZipf(r, 1.05, max(20, s.Events/40)), places: newZipf(r, 1.02, max(20, s.Events/80)),
		publishers: newZipf(r, 1.2, 200),
		histories:  s.Histories, prefix: s.Prefix,
	}
	for range 40 {
		g.bursts = append(g.bursts, firstDay.AddDate(0, 0, r.IntN(4000)))
	}
	return g
}

var types = []string{
	"assault", "consult", "protest", "aid", "accuse", "agree", "coerce", "demand", "statement", "mobilize",
}

// event returns the rows of one event.
func (g *generator) event(i int) [][]string {
	day := firstDay.AddDate(0, 0, g.IntN(4000))
	if g.Float64() < 0.5 { // within a burst
		day = g.bursts[g.IntN(len(g.bursts))].AddDate(0, 0, int(math.Abs(g.NormFloat64()*6)))
	}
	a, b := g.actors.next(), g.actors.next()
	for b == a {
		b = g.actors.next()
	}
	place := g.places.next()
	typ := types[min(int(g.ExpFloat64()*2.5), len(types)-1)]
	days := 0
	if g.Float64() < 0.1 {
		days = 1 + g.IntN(30)
	}
	killed := 0
	if typ == "assault" {
		killed = int(g.ExpFloat64() * 4)
	}
	documents := 1
	for g.Float64() < 1-1/claimsPerEvent {
		documents++
	}
	for g.histories && g.Float64() < 0.5 {
		documents++
	}
	country, region := place%40, place%400
	id := func(kind string, n int) string { return g.prefix + kind + strconv.Itoa(n) }
	rows := make([][]string, documents)
	for c := range rows {
		g.documents++
		publisher := g.publishers.next()
		published := day.AddDate(0, 0, days+c).Add(time.Duration(g.IntN(86400)) * time.Second)
		date := day.Format(time.DateOnly)
		if g.histories {
			published, date = g.historyDates(day, published)
		}
		stated := max(0, killed+g.IntN(3)*c)
		rows[c] = []string{
			id("g", i), id("d", g.documents), id("p", publisher), published.Format(time.RFC3339),
			fmt.Sprintf("%s %s: %s", name(a), typ, name(b)), id("", a), name(a), id("", b), name(b), typ, date,
			strconv.Itoa(days),
			id("", place), name(place + 7), id("", region), id("", country),
			strconv.FormatFloat(math.Mod(float64(place)*7.31, 140)-70, 'f', 4, 64),
			strconv.FormatFloat(math.Mod(float64(place)*13.7, 360)-180, 'f', 4, 64),
			strconv.Itoa(stated), fmt.Sprintf("%s, %s", name(place+7), typ),
		}
	}
	return rows
}

// historyDates returns the publication date of a document of a history, and the date that it states.
func (g *generator) historyDates(day, published time.Time) (time.Time, string) {
	switch x := g.Float64(); {
	case x < 0.03:
		published = day.AddDate(0, 0, -1-g.IntN(200)) // the event is announced
	case x < 0.15:
		published = published.AddDate(0, g.IntN(100), 0)
	}
	switch x := g.Float64(); {
	case x < 0.05:
		return published, day.Format("2006")
	case x < 0.15:
		return published, day.Format("2006-01")
	case x < 0.25:
		day = day.AddDate(0, 0, 1-g.IntN(3))
	}
	return published, day.Format(time.DateOnly)
}

// MappingFile returns the text of the mapping.
func MappingFile() []byte { return generated }
