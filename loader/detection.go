package loader

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/loader/fault"
	"casus/loader/ftm"
	"casus/loader/mapping"
	"casus/loader/table"
)

// DetectMapping returns the embedded mapping for an input, or nil if it is in the extraction format. An input that can
// be read only once can still be read from its start. A table that no mapping knows is BAD_INPUT.
func DetectMapping(in *Input) (*mapping.Mapping, error) {
	head, err := in.head()
	if err != nil {
		return nil, err
	}
	text := strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \t\r\n")
	open := func(o table.Options) (*table.Reader, error) {
		return table.Open(uncompressedName(in.Name), io.NopCloser(bytes.NewReader(head)), o)
	}
	switch {
	case text == "":
		return nil, nil
	case strings.HasPrefix(text, "PK\x03\x04"), strings.HasPrefix(text, "\x1f\x8b"):
		return nil, kg.Errorf(kg.BadInput,
			"%s is compressed or a workbook: save a sheet as CSV; compressed files end in .gz, .zst or .zip", in.Name)
	case text[0] == '{', text[0] == '[':
		m, err := mapping.DetectList(func(o table.Options) map[string]any { return firstRow(open(o)) })
		if m != nil || err != nil {
			return m, err
		}
		return detectJSON(in.Name, text[0] == '[', firstRow(open(table.Options{Format: "json"})))
	}
	m, err := mapping.DetectRow(func(o table.Options) map[string]any { return firstRow(open(o)) })
	if m != nil || err != nil {
		return m, err
	}
	t, err := open(table.Options{})
	if err != nil {
		return nil, err
	}
	m, err = mapping.Detect(t.Columns())
	if err == nil && m == nil {
		columns := t.Columns()
		err = kg.Errorf(kg.BadInput,
			"no mapping knows the columns of %s (%s): select one with --format or pass your own with --mapping",
			in.Name, fault.Cut(strings.Join(columns[:min(len(columns), 12)], ", "), 200))
	}
	return m, err
}

// detectJSON detects the mapping of a list of objects by the fields of the first. Lines that no mapping knows are
// treated as the extraction format, whose reader reports what is wrong with them.
func detectJSON(name string, array bool, first map[string]any) (*mapping.Mapping, error) {
	if _, typed := first["type"].(string); typed && !array || first == nil {
		return nil, nil
	}
	fields := slices.Sorted(maps.Keys(first))
	m, err := mapping.Detect(fields)
	if err == nil && m == nil && array {
		err = kg.Errorf(kg.BadInput,
			"no mapping knows the fields of %s (%s): select one with --format or pass your own with --mapping",
			name, fault.Cut(strings.Join(fields[:min(len(fields), 12)], ", "), 200))
	}
	return m, err
}

// head returns the first 64 KiB of an input at most. The input can still be read from its start.
func (in *Input) head() ([]byte, error) {
	f, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	buffered := bufio.NewReaderSize(f, 64<<10)
	head, err := buffered.Peek(64 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err), f.Close())
	}
	open := in.Open
	used := false
	in.Open = func() (io.ReadCloser, error) { // the first call returns the reader whose head was peeked
		if used {
			return open()
		}
		used = true
		return chainedCloser{io.NopCloser(buffered), f}, nil
	}
	return head, nil
}

// HasEntities reports whether the first object of an input is a FollowTheMoney entity. An input that can be read only
// once can still be read from its start.
func HasEntities(in *Input) (bool, error) {
	head, err := in.head()
	if err != nil {
		return false, err
	}
	t, err := table.Open(uncompressedName(in.Name), io.NopCloser(bytes.NewReader(head)), (*ftm.Mapper)(nil).Options())
	if err != nil {
		return false, err
	}
	var broken *table.Fault
	for range len(head) + 1 {
		row, err := t.Next()
		switch {
		case errors.As(err, &broken):
			continue // look at the next row
		case err != nil:
			return false, nil
		}
		return ftm.IsEntity(row.Values), nil
	}
	return false, nil
}

// firstRow returns the first row of a table, or nil if it cannot be read.
func firstRow(t *table.Reader, err error) map[string]any {
	if err != nil {
		return nil
	}
	row, err := t.Next()
	if err != nil {
		return nil
	}
	return row.Values
}

// uncompressedName returns a file's name without the ending of its compression.
func uncompressedName(name string) string {
	for _, packed := range []string{".gz", ".zst"} {
		if strings.HasSuffix(strings.ToLower(name), packed) {
			name = name[:len(name)-len(packed)]
		}
	}
	return name
}
