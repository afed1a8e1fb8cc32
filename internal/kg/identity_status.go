package kg

import "slices"

// IdentityStatus is what was decided about a node.
type IdentityStatus struct {
	// Others are those that the node is one with in the view, by id.
	Others []ID
	// Decisions are all that name the node or one of the others, whatever came of them, in the order in which they were made.
	Decisions []IdentityDecision
}

// Statuses sorts out decisions for each of some nodes. The decisions are all that name one of the nodes' members.
func (i Identities) Statuses(nodes []ID, decisions []IdentityDecision) []IdentityStatus {
	decisions = slices.Clone(decisions)
	slices.SortFunc(decisions, compareDecisions)
	naming := map[ID][]int{}
	for n, d := range decisions {
		naming[d.A], naming[d.B] = append(naming[d.A], n), append(naming[d.B], n)
	}
	all := make([]IdentityStatus, len(nodes))
	for k, node := range nodes {
		var on []int
		for _, member := range i.Members(node) {
			if on = append(on, naming[member]...); member != i.ClassOf(node) {
				all[k].Others = append(all[k].Others, member)
			}
		}
		slices.Sort(on)
		for _, n := range slices.Compact(on) {
			all[k].Decisions = append(all[k].Decisions, decisions[n])
		}
	}
	return all
}
