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
	"casus/loader/ftm"
	"casus/loader/mapping"
	"casus/loader/table"
)

// DetectMapping finds the embedded mapping by which an input is to be read: nil where it is in the extraction format. An input
// that can be read only once gives it back unread. A table that no mapping knows is BAD_INPUT.
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
		return nil, kg.Errorf(kg.BadInput, "%s is packed, or a workbook: save a sheet as CSV; packed files end in .gz, .zst or .zip", in.Name)
	case text[0] == '{', text[0] == '[':
		if m, err := mapping.DetectList(func(o table.Options) map[string]any { return firstRow(open(o)) }); m != nil || err != nil {
			return m, err
		}
		return detectJSON(in.Name, text[0] == '[', firstRow(open(table.Options{Format: "json"})))
	}
	if m, err := mapping.DetectRow(func(o table.Options) map[string]any { return firstRow(open(o)) }); m != nil || err != nil {
		return m, err
	}
	t, err := open(table.Options{})
	if err != nil {
		return nil, err
	}
	m, err := mapping.Detect(t.Columns())
	if err == nil && m == nil {
		columns := t.Columns()
		err = kg.Errorf(kg.BadInput, "no mapping knows the columns of %s (%s): name one by --format, or give your own by --mapping",
			in.Name, cut(strings.Join(columns[:min(len(columns), 12)], ", "), 200))
	}
	return m, err
}

// detectJSON finds the mapping of a list of objects by the fields of the first. Lines that no mapping knows are taken for the
// extraction format, which tells what is wrong with them.
func detectJSON(name string, array bool, first map[string]any) (*mapping.Mapping, error) {
	if _, typed := first["type"].(string); typed && !array || first == nil {
		return nil, nil
	}
	fields := slices.Sorted(maps.Keys(first))
	m, err := mapping.Detect(fields)
	if err == nil && m == nil && array {
		err = kg.Errorf(kg.BadInput, "no mapping knows the fields of %s (%s): name one by --format, or give your own by --mapping",
			name, cut(strings.Join(fields[:min(len(fields), 12)], ", "), 200))
	}
	return m, err
}

// head is how an input begins: at most 64 KiB of it. It is not read by that.
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
	given := in.Open
	used := false
	in.Open = func() (io.ReadCloser, error) { // the first opening goes on with what was begun
		if used {
			return given()
		}
		used = true
		return chainedCloser{io.NopCloser(buffered), f}, nil
	}
	return head, nil
}

// HasEntities says whether an input holds FollowTheMoney entities: whether the first object in it is one. An input that can be read only
// once gives it back unread.
func HasEntities(in *Input) (bool, error) {
	head, err := in.head()
	if err != nil {
		return false, err
	}
	t, err := table.Open(uncompressedName(in.Name), io.NopCloser(bytes.NewReader(head)), (*ftm.Mapper)(nil).Options())
	if err != nil {
		return false, err
	}
	var fault *table.Fault
	for range len(head) + 1 {
		row, err := t.Next()
		switch {
		case errors.As(err, &fault):
			continue // another may tell
		case err != nil:
			return false, nil
		}
		return ftm.Knows(row.Values), nil
	}
	return false, nil
}

// firstRow is the first row of a table; nil where it cannot be read.
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

// uncompressedName is a file's name without what it was packed by.
func uncompressedName(name string) string {
	for _, packed := range []string{".gz", ".zst"} {
		if strings.HasSuffix(strings.ToLower(name), packed) {
			name = name[:len(name)-len(packed)]
		}
	}
	return name
}
