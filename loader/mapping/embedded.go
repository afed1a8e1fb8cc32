package mapping

import (
	"embed"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"casus/internal/kg"
	"casus/loader/table"
)

//go:embed embedded/*.yaml embedded/*.csv
var embeddedFiles embed.FS

// Names lists the mappings that are part of the program.
func Names() []string {
	entries, err := embeddedFiles.ReadDir("embedded")
	if err != nil { // it is embedded
		return nil
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".yaml"); ok {
			names = append(names, name)
		}
	}
	return names
}

// Source is the text of an embedded mapping.
func Source(name string) ([]byte, error) {
	b, err := embeddedFiles.ReadFile("embedded/" + name + ".yaml")
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
	return Parse(name+".yaml", source, nil)
}

// Detect finds the embedded mapping that knows a file by the columns of its header: the one that asks for most of them. nil
// where there is none.
func Detect(columns []string) (*Mapping, error) {
	most := 0
	return findEmbedded(func(f File) bool {
		better := f.Detect.matchesColumns(columns, f.Input.LowerCase) && len(f.Detect.Columns) > most
		if better {
			most = len(f.Detect.Columns)
		}
		return better
	})
}

// DetectRow finds the embedded mapping that knows a file without a header by its first row, which first reads as a mapping's
// files are written: nil where it cannot. nil where there is none.
func DetectRow(first func(table.Options) map[string]any) (*Mapping, error) {
	return findEmbedded(func(f File) bool {
		if !f.Input.NoHeader && len(f.Input.OtherColumns) > 0 {
			return f.Detect.matchesColumns(slices.Collect(maps.Keys(first(f.Options()))), false)
		}
		return len(f.Detect.Patterns) > 0 && f.Detect.matchesRow(first(f.Options()))
	})
}

// DetectList finds the embedded mapping that knows the rows which a JSON object has in a list, by the fields of the first row, which
// first reads as a mapping's files are written. nil where there is none.
func DetectList(first func(table.Options) map[string]any) (*Mapping, error) {
	return findEmbedded(func(f File) bool {
		return f.Input.List != "" && f.Detect.matchesColumns(slices.Collect(maps.Keys(first(f.Options()))), false)
	})
}

// findEmbedded is the last of the embedded mappings that fit.
func findEmbedded(fits func(File) bool) (*Mapping, error) {
	best := ""
	for _, name := range Names() {
		source, err := Source(name)
		if err != nil {
			return nil, err
		}
		var f File
		if err := yaml.Unmarshal(source, &f); err != nil {
			return nil, yamlError(name, err)
		}
		if fits(f) {
			best = name
		}
	}
	if best == "" {
		return nil, nil
	}
	return Embedded(best)
}
