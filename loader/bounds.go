package loader

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"casus/internal/kg"
	"casus/loader/fault"
)

// boundReject returns the Reject of a value that exceeds a bound, or nil. It shows only the beginning of a long text.
func boundReject(err error) *Reject {
	if err == nil {
		return nil
	}
	r := &Reject{Reason: err.Error()}
	if bound := kg.BoundOf(err); bound != nil {
		r.Found, r.Pointer = fault.Cut(kg.CutText(bound.Value, fault.ShownBytes), 60), pointerOf(bound.Field)
	}
	return r
}

// pointerOf returns the JSON pointer of a field of the domain in a record of the format; "" for the record.
func pointerOf(field string) string {
	field, _, _ = strings.Cut(field, ".")
	switch {
	case strings.Contains(field, " "):
		return ""
	case field == "places":
		field = "locations"
	case field == "wholes":
		field = "partOf"
	case field == "parents":
		field = "within"
	}
	return "/" + field
}

// longRow returns the row of a line that has more bytes than a record may have. line is its beginning.
func longRow(at rawText, line []byte, size int) rawRow {
	at.text = kg.CutText(string(line[:min(len(line), fault.ShownBytes+4)]), fault.ShownBytes)
	return rawRow{rawText: at, fault: boundReject(kg.CheckBound("the record", size, kg.MaxRecordBytes, "bytes"))}
}

// longFile returns the row of a file that is one JSON object and has more bytes than one may have.
func longFile(at rawText, first []byte, size int) rawRow {
	row := longRow(at, first, size)
	row.fault.Reason = "the file is one JSON object of more than 64 MiB: write one record on each line (JSON Lines)"
	return row
}

// opensObject reports whether a line opens a JSON object that it does not close.
func opensObject(line []byte) bool {
	var syntax *json.SyntaxError
	var value any
	text := trimLine(line)
	err := json.Unmarshal(text, &value)
	return len(text) > 0 && text[0] == '{' && errors.As(err, &syntax) && int(syntax.Offset) >= len(text)
}

// trimLine returns a line without white space around it and without a byte order mark, which a file has at its start
// and several joined files have at other lines too.
func trimLine(line []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(line), []byte("\uFEFF")))
}
