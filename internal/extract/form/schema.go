package form

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"

	"casus/internal/kg"
)

// enums are the values of the types that are vocabularies.
var enums = map[reflect.Type][]string{
	reflect.TypeFor[kg.ActorKind]():       terms(kg.ActorKinds.Values()),
	reflect.TypeFor[kg.LocationKind]():    terms(kg.LocationKinds.Values()),
	reflect.TypeFor[kg.AffiliationType](): terms(kg.AffiliationTypes.Values()),
	reflect.TypeFor[kg.EventCategory]():   terms(kg.EventCategories.Values()),
	reflect.TypeFor[kg.Modality]():        terms(kg.Modalities.Values()),
	reflect.TypeFor[kg.ParticipantRole](): except(terms(kg.ParticipantRoles.Values()), string(kg.RoleClaimant)),
	reflect.TypeFor[kg.LocationRole]():    terms(kg.LocationRoles.Values()),
	reflect.TypeFor[LinkKind]():           append(terms(kg.ResponseKinds.Values()), string(LinkAnnounces)),
	reflect.TypeFor[kg.Stance]():          except(terms(kg.Stances.Values()), string(kg.StanceRetracts)),
	reflect.TypeFor[kg.Aspect]():          terms(kg.Aspects.Values()),
	reflect.TypeFor[kg.FigureKind]():      terms(kg.FigureKinds.Values()),
	reflect.TypeFor[kg.Population]():      terms(kg.Populations.Values()),
	reflect.TypeFor[kg.FigureQualifier](): terms(kg.FigureQualifiers.Values()),
	reflect.TypeFor[Certainty]():          {string(CertaintyHigh), string(CertaintyMedium), string(CertaintyLow)},
}

func terms[T ~string](values []T) (all []string) {
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}

// except returns the terms without one. A claimant is named by its claim, not as a participant; and an article cannot
// withdraw what a source said before, only a person can.
func except(terms []string, term string) []string {
	return slices.DeleteFunc(terms, func(t string) bool { return t == term })
}

// node is a JSON Schema within the subset that strict modes of endpoints accept: closed objects in which every field is
// required, no $ref, pattern, oneOf or bounds.
type node struct {
	Type                 any      `json:"type"` // a string, or a string and "null"
	Description          string   `json:"description,omitempty"`
	Enum                 []string `json:"enum,omitempty"`
	Properties           *fields  `json:"properties,omitempty"`
	Required             []string `json:"required,omitempty"`
	AdditionalProperties *bool    `json:"additionalProperties,omitempty"`
	Items                *node    `json:"items,omitempty"`
}

// fields are the properties of an object in their order, in which a model fills them in.
type fields []field

type field struct {
	name   string
	schema node
}

// MarshalJSON encodes the fields as an object.
func (f fields) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range f {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(p.name)
		if err != nil {
			return nil, err
		}
		schema, err := json.Marshal(p.schema)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(schema)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// schemaOf returns the schema of a Go type: enums by their vocabularies, pointers as values that may be null.
func schemaOf(t reflect.Type) node {
	if values, ok := enums[t]; ok {
		return node{Type: "string", Enum: values}
	}
	switch t.Kind() {
	case reflect.Pointer:
		n := schemaOf(t.Elem())
		n.Type = []any{n.Type, "null"}
		return n
	case reflect.Slice:
		items := schemaOf(t.Elem())
		return node{Type: "array", Items: &items}
	case reflect.Struct:
		return object(slices.Collect(t.Fields()))
	case reflect.Int:
		return node{Type: "integer"}
	}
	return node{Type: "string"}
}

func object(all []reflect.StructField) node {
	properties := fields{}
	var names []string
	for _, f := range all {
		n := schemaOf(f.Type)
		n.Description = f.Tag.Get("about")
		name := f.Tag.Get("json")
		properties, names = append(properties, field{name, n}), append(names, name)
	}
	return node{Type: "object", Properties: &properties, Required: names, AdditionalProperties: new(false)}
}

// Schema returns the JSON Schema of the given parts together, of all without any.
func Schema(parts ...Part) []byte {
	var all []reflect.StructField
	for f := range reflect.TypeFor[Form]().Fields() {
		if isOf(f, parts) {
			all = append(all, f)
		}
	}
	b, err := json.MarshalIndent(object(all), "", " ")
	if err != nil {
		panic(err) // the types are fixed, and a test encodes them
	}
	return append(b, '\n')
}
