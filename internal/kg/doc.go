// Package kg is the domain of Casus: actors, locations, documents, claims and the events and affiliations that claims
// speak of, the rules by which events follow from claims, the filters that ask for them and the Store that keeps them.
//
// An event is never simply true. It is the fold of all claims about it: [Derive] computes from the claims every version
// of what was held about the event, each for an interval of knowledge. Stores keep those versions and derive nothing
// while they answer.
//
// The package knows no engine, no GraphQL and no file format.
package kg
