package record

import "casus/internal/kg"

// Fallen is a claim of an event or affiliation that was left out of its record because it is at fault.
type Fallen struct {
	// Pointer is the JSON pointer to the claim in the record, and ID the id that it states, or "".
	Pointer string
	ID      kg.ID
	// Fault has the faults, with pointers in the record.
	Fault Reject
	// stated are the edges that the claim listed, inherited ones included.
	stated []string
}
