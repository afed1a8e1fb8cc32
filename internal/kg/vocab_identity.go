package kg

import "slices"

// IdentityMode is whether identity classes are read as one node or shown apart.
type IdentityMode string

// The values of IdentityMode.
const (
	IdentityResolved IdentityMode = "RESOLVED"
	IdentityExact    IdentityMode = "EXACT"
)

// IdentityModes lists the values of IdentityMode in their fixed order.
func IdentityModes() []IdentityMode {
	return []IdentityMode{IdentityResolved, IdentityExact}
}

// Valid says whether i is one of them.
func (i IdentityMode) Valid() bool { return slices.Contains(IdentityModes(), i) }
