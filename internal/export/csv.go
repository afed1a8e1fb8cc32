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
// are joined by ";"; within a value ";" is written "\;" and "\" is "\\". Free texts that a spreadsheet would run as a
// formula get an apostrophe in front.
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
	free := f.Tag.Get("text") == "free"
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	switch {
	case v.Kind() == reflect.Int64 && strings.Contains(f.Tag.Get("parquet"), "timestamp"):
		return edtf.InstantOf(time.UnixMilli(v.Int())).String()
	case v.Kind() == reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case v.Kind() == reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	case v.Kind() == reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case v.Kind() == reflect.Slice:
		var parts []string
		for _, part := range v.Seq2() {
			parts = append(parts, listEscaper.Replace(part.String()))
		}
		return escapeFormula(strings.Join(parts, ";"), free)
	}
	return escapeFormula(v.String(), free)
}

var listEscaper = strings.NewReplacer(`\`, `\\`, ";", `\;`)

// escapeFormula prevents spreadsheets from running a free text as a formula (OWASP, "CSV Injection").
func escapeFormula(s string, free bool) string {
	if free && s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
