package table_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"casus/loader/table"
)

// BenchmarkCSV reads tables of 20,000 rows: one without quotation marks, and one whose texts are quoted, as in the
// files of event data sets.
func BenchmarkCSV(b *testing.B) {
	for _, quoted := range []bool{false, true} {
		var text strings.Builder
		text.WriteString("id,day,actor,place,latitude,longitude,killed,note\n")
		for i := range 20_000 {
			note := "an event near the harbour"
			if quoted {
				note = "\"Shelling of the harbour, the \"\"old\"\" market and the road to it; three people, all of one " +
					"family, died\""
			}
			fmt.Fprintf(&text, "%d,2025-01-%02d,Armed group %d,\"Harbour\",%d.25,3%d.5,%d,%s\n", i, i%28+1, i%50, i%90,
				i%9, i%7, note)
		}
		for _, file := range []string{"x.csv", "x.tsv"} {
			table := text.String()
			if file == "x.tsv" {
				table = strings.ReplaceAll(table, ",", "\t")
			}
			b.Run(fmt.Sprintf("%s quoted=%t", file, quoted), func(b *testing.B) { benchmarkRows(b, file, table) })
		}
	}
}

func benchmarkRows(b *testing.B, file, text string) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := table.Open(file, io.NopCloser(strings.NewReader(text)), table.Options{})
		if err != nil {
			b.Fatal(err)
		}
		for {
			_, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if fault := (*table.Fault)(nil); err != nil && !errors.As(err, &fault) {
				b.Fatal(err)
			}
		}
	}
}
