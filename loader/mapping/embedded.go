package mapping

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"casus/internal/kg"
	"casus/loader/table"
	"casus/loader/values"
)

// Names returns the names of the embedded mappings, in their order.
func Names() []string {
	return slices.Sorted(slices.Values(append(detectable(), slices.Collect(maps.Keys(variants))...)))
}

// detectable returns the names of the embedded mappings that have a file. Variants have none: their rows look like
// those of the mapping that they vary, so they have to be named.
func detectable() []string {
	entries, err := embeddedFiles.ReadDir("embedded")
	if err != nil { // cannot happen: the folder is embedded
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

// Source returns the text of an embedded mapping. Errors: NOT_FOUND.
func Source(name string) ([]byte, error) {
	if v, found := variants[name]; found {
		return v.source(name)
	}
	b, err := embeddedFiles.ReadFile("embedded/" + name + ".yaml")
	if err != nil {
		return nil, kg.Errorf(kg.NotFound, "no mapping %q; available: %s", name, strings.Join(Names(), ", "))
	}
	return b, nil
}

// Embedded returns an embedded mapping. Errors: NOT_FOUND.
func Embedded(name string) (*Mapping, error) {
	source, err := Source(name)
	if err != nil {
		return nil, err
	}
	return Parse(name+".yaml", source, nil)
}

// Detect returns the embedded mapping whose detection columns are all in a header, the one with the most such columns;
// nil if there is none.
func Detect(columns []string) (*Mapping, error) {
	most := 0
	return findEmbedded(func(f File) bool {
		better := f.Detect.matchesColumns(columns) && len(f.Detect.Columns) > most
		if better {
			most = len(f.Detect.Columns)
		}
		return better
	})
}

// DetectRow returns the embedded mapping whose patterns match the first row of a file without a header; nil if there is
// none. first reads that row with a mapping's options and returns nil if it cannot be read.
func DetectRow(first func(table.Options) map[string]any) (*Mapping, error) {
	return findEmbedded(func(f File) bool {
		if !f.Input.NoHeader && len(f.Input.OtherColumns) > 0 {
			return f.Detect.matchesColumns(slices.Collect(maps.Keys(first(f.Options()))))
		}
		return len(f.Detect.Patterns) > 0 && f.Detect.matchesRow(f.cleanRow(first(f.Options())))
	})
}

// DetectList returns the embedded mapping that fits the rows in a list of a JSON object, by the fields of the first
// row; nil if there is none. first reads that row with a mapping's options.
func DetectList(first func(table.Options) map[string]any) (*Mapping, error) {
	return findEmbedded(func(f File) bool {
		return f.Input.List != "" && f.Detect.matchesColumns(slices.Collect(maps.Keys(first(f.Options()))))
	})
}

// parsedFiles returns the embedded mapping files, in the order of their names. They are parsed once, since an archive
// may have thousands of files to detect.
var parsedFiles = sync.OnceValues(func() ([]File, error) {
	var all []File
	for _, name := range detectable() {
		source, err := Source(name)
		if err != nil {
			return nil, err
		}
		var f File
		if err := yaml.Unmarshal(source, &f); err != nil {
			return nil, yamlError(name, err)
		}
		all = append(all, f)
	}
	return all, nil
})

// findEmbedded returns the last embedded mapping for which fits returns true.
func findEmbedded(fits func(File) bool) (*Mapping, error) {
	files, err := parsedFiles()
	if err != nil {
		return nil, err
	}
	best := ""
	for i, name := range detectable() {
		if fits(files[i]) {
			best = name
		}
	}
	if best == "" {
		return nil, nil
	}
	return Embedded(best)
}

// cleanRow returns a row as the rules change it, or as it is if they find a fault.
func (f *File) cleanRow(row map[string]any) map[string]any {
	rules, err := f.Values.compile(f.Missing)
	if err != nil {
		return row
	}
	clean, err := rules.Apply(row, values.Format{})
	if err != nil {
		return row
	}
	return clean
}
