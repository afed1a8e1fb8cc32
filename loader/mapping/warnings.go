package mapping

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

// warning is a text that the report of a load shows with the number of rows for which the condition holds.
type warning struct {
	text       string
	conditions []value
}

// warning compiles one entry of warnings.
func (c *compiler) warning(place string, fields yaml.MapSlice) (warning, error) {
	var w warning
	for _, f := range fields {
		switch name := fmt.Sprint(f.Key); name {
		case "text":
			w.text = fmt.Sprint(f.Value)
		case "when":
			v, err := c.value(place+".when", f.Value)
			if err != nil {
				return w, err
			}
			w.conditions = append(w.conditions, v)
		}
	}
	return w, nil
}

// warn returns the texts of the warnings that hold for a row.
func (m *Mapping) warn(scope map[string]any) ([]string, error) {
	var texts []string
	for _, w := range m.warnings {
		for _, condition := range w.conditions {
			if holds, err := condition.eval(scope); err != nil {
				return nil, err
			} else if holds == true {
				texts = append(texts, w.text)
			}
		}
	}
	return texts, nil
}
