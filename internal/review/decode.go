package review

import (
	"bytes"
	"errors"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/strictjson"
)

// decodeRecord decodes a record of a proposal. Types and fields that proposals do not have are errors.
func decodeRecord(content []byte) (proposal.Record, error) {
	raw, fault := record.ParseLine(content)
	if fault != nil {
		return nil, errors.New(fault.Reason)
	}
	var r proposal.Record
	switch kg.NodeKind(raw.Type) {
	case kg.KindActor:
		r = &proposal.Actor{}
	case kg.KindLocation:
		r = &proposal.Location{}
	case kg.KindDocument:
		r = &proposal.Document{}
	case kg.KindEvent:
		r = &proposal.Event{}
	case kg.KindAffiliation:
		r = &proposal.Affiliation{}
	default:
		return nil, kg.Errorf(kg.BadInput, "a proposal has no records of type %s", raw.Type)
	}
	if err := decodeStrictly(content, r); err != nil {
		return nil, err
	}
	if r.Kind() != kg.KindAffiliation {
		if err := r.Ref().Check(r.Kind()); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// decodeStrictly decodes one JSON value without unknown fields.
func decodeStrictly(content []byte, into any) error {
	return strictjson.Decode(bytes.NewReader(content), into)
}

// sourceOf returns the document that a record is from, or "".
func sourceOf(r proposal.Record) kg.ID {
	switch r := r.(type) {
	case *proposal.Actor:
		return r.Source
	case *proposal.Location:
		return r.Source
	case *proposal.Event:
		return r.Document
	case *proposal.Affiliation:
		return r.Document
	}
	return ""
}

// claimsOf returns the claims of a record, for reading and writing.
func claimsOf(r proposal.Record) *[]proposal.Claim {
	switch r := r.(type) {
	case *proposal.Event:
		return &r.Claims
	case *proposal.Affiliation:
		return &r.Claims
	}
	return &[]proposal.Claim{}
}
