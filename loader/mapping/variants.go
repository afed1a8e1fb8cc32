package mapping

import (
	"bytes"

	"casus/internal/kg"
)

// variants are embedded mappings that differ from another one in a few words only, by name.
var variants = map[string]variant{
	// Candidate events have the columns of the final ones, and are another data set: a final version follows only after
	// the year, and must not retract the candidates that are newer than itself. Claims about a conflict or a dyad, which
	// many rows share, have ids of their own then.
	"ucdp-candidate": {
		of: "ucdp-ged",
		replace: [][2]string{
			{"name: ucdp-ged\n", "name: ucdp-candidate\n"},
			{"description: UCDP Georeferenced Event Dataset", "description: UCDP candidate events"},
			{`"claim:ucdp:`, `"claim:ucdp-candidate:`},
		},
	},
}

// variant is a mapping that differs from another one.
type variant struct {
	of string
	// replace are texts of that mapping and what stands in their place.
	replace [][2]string
}

// source returns the variant's text. Each replacement must have an effect.
func (v variant) source(name string) ([]byte, error) {
	source, err := Source(v.of)
	if err != nil {
		return nil, err
	}
	for _, r := range v.replace {
		if !bytes.Contains(source, []byte(r[0])) {
			return nil, kg.Errorf(kg.Internal, "the mapping %s has no %q, which %s replaces", v.of, r[0], name)
		}
		source = bytes.ReplaceAll(source, []byte(r[0]), []byte(r[1]))
	}
	return source, nil
}
