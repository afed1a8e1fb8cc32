package neo4jstore

import (
	"casus/internal/kg"
	"casus/internal/store/encoded"
)

func decodeActor(text string) (kg.Actor, error)       { return encoded.Decode[kg.Actor](text) }
func decodeLocation(text string) (kg.Location, error) { return encoded.Decode[kg.Location](text) }
func decodeDocument(text string) (kg.Document, error) { return encoded.Decode[kg.Document](text) }
func decodeRelease(text string) (kg.Release, error)   { return encoded.Decode[kg.Release](text) }
func decodeAffiliation(text string) (kg.Affiliation, error) {
	return encoded.Decode[kg.Affiliation](text)
}
func decodeIdentity(text string) (kg.IdentityDecision, error) {
	return encoded.Decode[kg.IdentityDecision](text)
}
func decodeClaim(text string) (kg.Claim, error)      { return encoded.Decode[kg.Claim](text) }
func decodeState(text string) (kg.EventState, error) { return encoded.Decode[kg.EventState](text) }
