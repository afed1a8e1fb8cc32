package neo4j

import (
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// tollColumn returns a column t: the event n itself if its toll counts, which requires that it has no parts. It returns
// "" if tolls are not wanted.
func (b *builder) tollColumn(wanted bool) string {
	if !wanted {
		return ""
	}
	return ", CASE WHEN n.killedAgreed IS NOT NULL AND NOT " + b.hasParts("n") + " THEN n END AS t"
}

// tollSums returns the columns of kg.TollSums over t.
func tollSums() []struct{ name, sum string } {
	const best = "CASE WHEN t.killed >= 0 THEN t.killed ELSE t.killedLow END"
	return []struct{ name, sum string }{
		{"tolls", "count(t)"}, {"agreed", "coalesce(min(t.killedAgreed), 0)"},
		{"low", "sum(t.killedLow)"}, {"lows", "count(t.killedLow)"},
		{"best", "sum(" + best + ")"}, {"bests", "count(" + best + ")"}, {"own", "count(CASE WHEN t.killed >= 0 THEN 1 END)"},
		{"high", "sum(t.killedHigh)"}, {"highs", "count(t.killedHigh)"},
	}
}

// tollSumColumns returns tollSums as text to append to a list of columns, or "" if tolls are not wanted.
func tollSumColumns(wanted bool) string {
	var b strings.Builder
	if wanted {
		for _, s := range tollSums() {
			b.WriteString(", " + s.sum + " AS " + s.name)
		}
	}
	return b.String()
}

// tollSumNames is like tollSumColumns, with the names of the columns only.
func tollSumNames(wanted bool) string {
	var b strings.Builder
	if wanted {
		for _, s := range tollSums() {
			b.WriteString(", " + s.name)
		}
	}
	return b.String()
}

// readCount reads the number of events of a row, and their toll if killed is set.
func readCount(r *neo4j.Record, killed bool) (events int, toll *kg.Estimate, err error) {
	number := func(name string) int {
		n, e := column[int64](r, name)
		if err == nil {
			err = e
		}
		return int(n)
	}
	events = number("events")
	if killed {
		s := kg.TollSums{
			Tolls: number("tolls"), Agreed: number("agreed") == 1, Low: number("low"), Lows: number("lows"),
			Best: number("best"), Bests: number("bests"), OwnBests: number("own"), High: number("high"), Highs: number("highs"),
		}
		toll = s.Estimate()
	}
	return events, toll, err
}
