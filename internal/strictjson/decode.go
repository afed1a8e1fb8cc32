package strictjson

import (
	"encoding/json"
	"errors"
	"io"
)

// Decode decodes a text that is one JSON value. Fields that into does not have, and anything after the value, are
// errors.
func Decode(text io.Reader, into any) error {
	d := json.NewDecoder(text)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value")
	}
	return nil
}
