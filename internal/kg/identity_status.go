package kg

import "slices"

// IdentityStatus holds the identity class of a node and the decisions about it.
type IdentityStatus struct {
	// Others are the other members of the class of the node in the view, by id.
	Others []ID
	// Decisions are all decisions that name the node or one of the others, in effect or not, in the order in which they
	// were made.
	Decisions []IdentityDecision
}

// Statuses returns the status of each node. The decisions must be all that name a member of the class of any of the
// nodes.
func (i Identities) Statuses(nodes []ID, decisions []IdentityDecision) []IdentityStatus {
	decisions = slices.Clone(decisions)
	slices.SortFunc(decisions, compareDecisions)
	byNode := map[ID][]int{}
	for n, d := range decisions {
		byNode[d.A], byNode[d.B] = append(byNode[d.A], n), append(byNode[d.B], n)
	}
	all := make([]IdentityStatus, len(nodes))
	for k, node := range nodes {
		var indexes []int
		for _, member := range i.Members(node) {
			if indexes = append(indexes, byNode[member]...); member != i.ClassOf(node) {
				all[k].Others = append(all[k].Others, member)
			}
		}
		slices.Sort(indexes)
		for _, n := range slices.Compact(indexes) {
			all[k].Decisions = append(all[k].Decisions, decisions[n])
		}
	}
	return all
}
