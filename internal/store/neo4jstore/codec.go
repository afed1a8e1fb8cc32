package neo4jstore

import (
	"encoding/json"

	"casus/internal/kg"
)

func decode[T any](record string) (T, error) {
	var v T
	if err := json.Unmarshal([]byte(record), &v); err != nil {
		return v, kg.Errorf(kg.Internal, "decode %T: %w", v, err)
	}
	return v, nil
}

func decodeActor(record string) (kg.Actor, error)             { return decode[kg.Actor](record) }
func decodeLocation(record string) (kg.Location, error)       { return decode[kg.Location](record) }
func decodeDocument(record string) (kg.Document, error)       { return decode[kg.Document](record) }
func decodeRelease(record string) (kg.Release, error)         { return decode[kg.Release](record) }
func decodeAffiliation(record string) (kg.Affiliation, error) { return decode[kg.Affiliation](record) }
func decodeIdentity(record string) (kg.IdentityDecision, error) {
	return decode[kg.IdentityDecision](record)
}
func decodeClaim(record string) (kg.Claim, error)      { return decode[kg.Claim](record) }
func decodeState(record string) (kg.EventState, error) { return decode[kg.EventState](record) }
