package ftm

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"casus/internal/kg"
)

// affiliation is an interval between two parties, or a party and a place: one for each pair of its ends.
func (b *building) affiliation() error {
	holders, err := b.needed(b.schema.edge.from, anActor)
	if err != nil {
		return err
	}
	counterparts, err := b.needed(b.schema.edge.to, anActor, aLocation)
	if err != nil {
		return err
	}
	b.pairs(holders, counterparts)
	return nil
}

func (b *building) pairs(holders, counterparts []string) {
	position := b.position()
	valid, claim := b.valid(), b.claim(b.note(notes))
	for _, holder := range holders {
		for _, counterpart := range counterparts {
			b.affiliated(holder, counterpart, b.schema.edge.typ, position, valid, claim)
		}
	}
}

// position is what the edge says that the one is to the other. Of an office it is the post's name, where the input gives it.
func (b *building) position() string {
	if b.entity.schema == "Occupancy" {
		for _, post := range b.properties["post"] {
			if name := b.posts[b.hash(post)]; name != "" {
				return name
			}
		}
	}
	said := append(b.take("role"), b.take("relationship")...)
	if len(said) == 0 {
		return b.schema.edge.position
	}
	return strings.Join(said, "; ")
}

// affiliated adds an affiliation. Its id covers all that it is, so that a newer release which gives it another end takes the old one
// back, and claims a new one.
func (b *building) affiliated(holder, counterpart string, typ kg.AffiliationType, position, valid string, claim map[string]any) {
	sum := sha256.Sum256([]byte(strings.Join([]string{holder, counterpart, string(typ), position, valid}, "\x00")))
	id := idOf(kg.KindAffiliation, b.id) + "@" + strings.ToLower(base32.HexEncoding.EncodeToString(sum[:5]))
	fields := map[string]any{
		"id": id, "holder": holder, "counterpart": counterpart, "affiliationType": string(typ), "position": position, "validTime": valid,
		"assertedAt": b.asserted(),
	}
	if len(claim) > 0 {
		fields["claims"] = []any{claim}
	}
	b.add("affiliation", fields)
}

// part is an edge that says who took part in an event: a claim about it.
func (b *building) part() error {
	who, err := b.needed(b.schema.edge.from, anActor)
	if err != nil {
		return err
	}
	events, err := b.needed(b.schema.edge.to, anEvent)
	if err != nil {
		return err
	}
	b.participated(who, events)
	return nil
}

func (b *building) participated(who, events []string) {
	capacity := strings.Join(b.take("role"), "; ")
	var participants []any
	for _, actor := range who {
		p := map[string]any{"actor": actor, "role": string(b.schema.edge.role)}
		if capacity != "" {
			p["capacity"] = capacity
		}
		participants = append(participants, p)
	}
	for _, event := range events {
		fields := b.claim(strings.TrimSpace(b.note(notes) + " " + b.held()))
		fields["subject"], fields["participants"], fields["assertedAt"] = event, participants, b.asserted()
		b.add("claim", fields)
	}
}

// held tells when somebody took part, where that is said.
func (b *building) held() string {
	if valid := b.valid(); valid != "" {
		return "(" + valid + ")"
	}
	return ""
}

// link is an edge whose ends may be anything: what they are tells what it is.
func (b *building) link() error {
	from, to := b.schema.edge.from, b.schema.edge.to
	if b.entity.schema == "Documentation" {
		return b.documentation()
	}
	subjects, err := b.needed(from, anActor, aLocation, anEvent)
	if err != nil {
		return err
	}
	objects, err := b.needed(to, anActor, aLocation, anEvent)
	if err != nil {
		return err
	}
	switch {
	case only(subjects, kg.KindActor) && only(objects, kg.KindActor, kg.KindLocation):
		b.pairs(subjects, objects)
	case only(objects, kg.KindActor) && only(subjects, kg.KindActor, kg.KindLocation): // the actor is the holder
		b.pairs(objects, subjects)
	case only(subjects, kg.KindActor) && only(objects, kg.KindEvent):
		b.participated(subjects, objects)
	case only(objects, kg.KindActor) && only(subjects, kg.KindEvent):
		b.participated(objects, subjects)
	default:
		return fault("/properties/"+to, "the graph has no link between these two: one must be an actor, the other an actor, a place or an event")
	}
	return nil
}

// only says whether all nodes are of these kinds.
func only(nodes []string, kinds ...kg.NodeKind) bool {
	return !slices.ContainsFunc(nodes, func(n string) bool { return !slices.Contains(kinds, kg.ID(n).Kind()) })
}

// documentation is a document about an event: a claim cites it.
func (b *building) documentation() error {
	documents, err := b.needed("document", aDocument)
	if err != nil {
		return err
	}
	events, err := b.needed("entity", anEvent)
	if err != nil {
		return fault("/properties/entity", "documents are kept of events alone: %w", err)
	}
	for _, event := range events {
		fields := b.claim(strings.Join(append(b.take("role"), b.note(notes)), " "))
		cites, _ := fields["cites"].([]any)
		fields["subject"], fields["cites"], fields["assertedAt"] = event, append(listed(documents), cites...), b.asserted()
		b.add("claim", fields)
	}
	return nil
}

// note is what some properties say, in words, where nothing else has used them.
func (b *building) note(properties []string) string {
	var all []string
	for _, p := range properties {
		values := slices.DeleteFunc(slices.Clone(b.properties[p]), func(v string) bool { return b.used[used{p, v}] })
		if b.use(p, values...); len(values) > 0 {
			text := strings.Join(values, "; ")
			if p != "summary" && p != "description" {
				text = label(p) + " " + text
			}
			all = append(all, text)
		}
	}
	return strings.Join(all, ". ")
}
