package export

import (
	"encoding/csv"
	"reflect"
	"strconv"
	"strings"
	"time"

	"casus/internal/edtf"
)

// csvTable writes a table as CSV (RFC 4180) in UTF-8 with a byte order mark, by which spreadsheets recognise it. Lists
// are joined by ";"; within a value ";" is written "\;" and "\" is "\\". Texts and elements of lists that a spreadsheet
// would run as a formula get an apostrophe in front.
func csvTable(x *exporter) error {
	x.text("\ufeff")
	w := csv.NewWriter(x.out)
	w.UseCRLF = true
	writeHead := func(row any) error {
		var names []string
		for f := range reflect.TypeOf(row).Fields() {
			names = append(names, columnOf(f.Tag.Get("parquet")))
		}
		return w.Write(names)
	}
	var err error
	switch x.Table {
	case TableEvents:
		err = writeHead(eventRow{})
	case TableParticipants:
		err = writeHead(participantRow{})
	case TableClaims:
		err = writeHead(claimRow{})
	case TableFigures:
		err = writeHead(figureRow{})
	}
	if err != nil {
		return err
	}
	if err := x.rows(
		csvRows[eventRow](x, w), csvRows[participantRow](x, w), csvRows[claimRow](x, w), csvRows[figureRow](x, w),
	); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

func csvRows[T any](x *exporter, w *csv.Writer) func([]T) error {
	var cells []string
	return func(rows []T) error {
		for _, row := range rows {
			cells = cells[:0]
			for f, v := range reflect.ValueOf(row).Fields() {
				cells = append(cells, cell(f, v))
			}
			if err := w.Write(cells); err != nil {
				return err
			}
		}
		x.count(string(x.Table), len(rows))
		w.Flush()
		return w.Error()
	}
}

// cell returns a field's value as a cell.
func cell(f reflect.StructField, v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	switch {
	case v.Kind() == reflect.Int64 && strings.Contains(f.Tag.Get("parquet"), "timestamp"):
		return escapeFormula(edtf.InstantOf(time.UnixMilli(v.Int())).String())
	case v.Kind() == reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case v.Kind() == reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	case v.Kind() == reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case v.Kind() == reflect.Slice:
		var parts []string
		for _, part := range v.Seq2() {
			parts = append(parts, listEscaper.Replace(escapeFormula(part.String())))
		}
		return escapeFormula(strings.Join(parts, ";"))
	}
	return escapeFormula(v.String())
}

var listEscaper = strings.NewReplacer(`\`, `\\`, ";", `\;`)
