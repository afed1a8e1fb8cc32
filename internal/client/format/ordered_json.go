package format

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// object is a JSON object with its members in order. A map would lose the order of a query's fields.
type object []member

type member struct {
	name  string
	value any
}

// connection returns the list of a connection: its nodes or edges.
func (o object) connection() (list []any, ok bool) {
	for _, name := range []string{"nodes", "edges"} {
		for _, m := range o {
			if list, ok = m.value.([]any); ok && m.name == name {
				return list, true
			}
		}
	}
	return nil, false
}

// parseOrdered decodes a JSON object. Values are of type object, []any, string, json.Number, bool or nil. The depth is
// bounded by package client, which has decoded the response before.
func parseOrdered(text []byte) (object, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	value, err := decodeValue(d)
	if err != nil {
		return nil, err
	}
	o, ok := value.(object)
	if !ok {
		return nil, fmt.Errorf("invalid response: %T instead of an object", value)
	}
	return o, nil
}

func decodeValue(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		o := object{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			value, err := decodeValue(d)
			if err != nil {
				return nil, err
			}
			o = append(o, member{name.(string), value}) // the decoder rejects any other name
		}
		_, err := d.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := decodeValue(d)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err := d.Token()
		return list, err
	}
	return token, nil
}
