package merge

import "casus/internal/kg"

// ActorClass returns the merged record of the members of an identity class; Decide decides between its values, as for
// records of one node. The order of the records does not matter. There must be at least one.
func ActorClass(i kg.Identities, records []kg.Actor) kg.Actor {
	return mergeAll(Actors, records, func(a kg.Actor) kg.Actor { a.ID = i.ClassOf(a.ID); return a })
}

// LocationClass is ActorClass for locations.
func LocationClass(i kg.Identities, records []kg.Location) kg.Location {
	return mergeAll(Locations, records, i.Location)
}

func mergeAll[T kg.Identified](k *Kind[T], records []T, resolve func(T) T) T {
	all := resolve(records[0])
	for _, r := range records {
		all = k.Merge(all, resolve(r))
	}
	return all
}
