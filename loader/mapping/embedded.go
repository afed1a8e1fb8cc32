package mapping

import (
	"embed"
	"path"
	"slices"
	"strings"

	"casus/internal/kg"
)

//go:embed embedded/*.yaml
var files embed.FS

// Names lists the mappings that are part of the program.
func Names() []string {
	entries, err := files.ReadDir("embedded")
	if err != nil { // it is embedded
		return nil
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(path.Base(e.Name()), ".yaml"))
	}
	return names
}

// Source is the text of an embedded mapping.
func Source(name string) ([]byte, error) {
	b, err := files.ReadFile("embedded/" + name + ".yaml")
	if err != nil {
		return nil, kg.Errorf(kg.NotFound, "there is no mapping %q; there are %s", name, strings.Join(Names(), ", "))
	}
	return b, nil
}

// Embedded makes an embedded mapping ready.
func Embedded(name string) (*Mapping, error) {
	source, err := Source(name)
	if err != nil {
		return nil, err
	}
	return Parse(name+".yaml", source)
}

// Detect finds the embedded mapping that knows a file by its columns: the one that asks for most of them. nil where there
// is none.
func Detect(columns []string) (*Mapping, error) {
	var best *Mapping
	for _, name := range Names() {
		m, err := Embedded(name)
		if err != nil {
			return nil, err
		}
		known := len(m.Detect) > 0
		for _, c := range m.Detect {
			known = known && slices.Contains(columns, c)
		}
		if known && (best == nil || len(m.Detect) > len(best.Detect)) {
			best = m
		}
	}
	return best, nil
}
