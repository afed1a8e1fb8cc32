// Package kg is the domain of Casus: actors, locations, documents, claims, the events and affiliations that claims are
// about, and the rules by which events follow from claims.
//
// An event is never simply true. It is the fold of all claims about it: [Derive] computes every version of the event's
// state from the claims, each for an interval of knowledge. Stores save these versions when claims are written and
// derive nothing while they answer a query.
//
// The package does not depend on an engine, on GraphQL or on a file format.
package kg
