package ftm

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"casus/internal/kg"
)

// addAffiliations is an interval between two parties, or a party and a place: one for each pair of its ends.
func (b *builder) addAffiliations() error {
	holders, err := b.requiredNodes(b.schema.edge.from, targetActor)
	if err != nil {
		return err
	}
	counterparts, err := b.requiredNodes(b.schema.edge.to, targetActor, targetLocation)
	if err != nil {
		return err
	}
	b.addPairs(holders, counterparts)
	return nil
}

func (b *builder) addPairs(holders, counterparts []string) {
	position := b.position()
	valid, claim := b.validTime(), b.claimFields(b.note(noteProperties))
	for _, holder := range holders {
		for _, counterpart := range counterparts {
			b.addAffiliation(holder, counterpart, b.schema.edge.typ, position, valid, claim)
		}
	}
}

// position is what the edge says that the one is to the other. Of an office it is the post's name, where the input gives it.
func (b *builder) position() string {
	if b.entity.schema == "Occupancy" {
		for _, post := range b.properties["post"] {
			if name := b.positionNames[b.hash(post)]; name != "" {
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

// addAffiliation adds an affiliation. Its id covers all that it is, so that a newer release which gives it another end takes the old one
// back, and claims a new one.
func (b *builder) addAffiliation(holder, counterpart string, typ kg.AffiliationType, position, valid string, claim map[string]any) {
	sum := sha256.Sum256([]byte(strings.Join([]string{holder, counterpart, string(typ), position, valid}, "\x00")))
	id := nodeID(kg.KindAffiliation, b.id) + "@" + strings.ToLower(base32.HexEncoding.EncodeToString(sum[:5]))
	fields := map[string]any{
		"id": id, "holder": holder, "counterpart": counterpart, "affiliationType": string(typ), "position": position, "validTime": valid,
		"assertedAt": b.assertedAt(),
	}
	if len(claim) > 0 {
		fields["claims"] = []any{claim}
	}
	b.addRecord("affiliation", fields)
}

// addParticipations is an edge that says who took part in an event: a claim about it.
func (b *builder) addParticipations() error {
	who, err := b.requiredNodes(b.schema.edge.from, targetActor)
	if err != nil {
		return err
	}
	events, err := b.requiredNodes(b.schema.edge.to, targetEvent)
	if err != nil {
		return err
	}
	b.addParticipation(who, events)
	return nil
}

func (b *builder) addParticipation(who, events []string) {
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
		fields := b.claimFields(strings.TrimSpace(b.note(noteProperties) + " " + b.validTimeNote()))
		fields["subject"], fields["participants"], fields["assertedAt"] = event, participants, b.assertedAt()
		b.addRecord("claim", fields)
	}
}

// validTimeNote tells when somebody took part, where that is said.
func (b *builder) validTimeNote() string {
	if valid := b.validTime(); valid != "" {
		return "(" + valid + ")"
	}
	return ""
}

// addLink is an edge whose ends may be anything: what they are tells what it is.
func (b *builder) addLink() error {
	from, to := b.schema.edge.from, b.schema.edge.to
	if b.entity.schema == "Documentation" {
		return b.addDocumentation()
	}
	subjects, err := b.requiredNodes(from, targetActor, targetLocation, targetEvent)
	if err != nil {
		return err
	}
	objects, err := b.requiredNodes(to, targetActor, targetLocation, targetEvent)
	if err != nil {
		return err
	}
	switch {
	case allOfKind(subjects, kg.KindActor) && allOfKind(objects, kg.KindActor, kg.KindLocation):
		b.addPairs(subjects, objects)
	case allOfKind(objects, kg.KindActor) && allOfKind(subjects, kg.KindActor, kg.KindLocation): // the actor is the holder
		b.addPairs(objects, subjects)
	case allOfKind(subjects, kg.KindActor) && allOfKind(objects, kg.KindEvent):
		b.addParticipation(subjects, objects)
	case allOfKind(objects, kg.KindActor) && allOfKind(subjects, kg.KindEvent):
		b.addParticipation(objects, subjects)
	default:
		return fault("/properties/"+to, "the graph has no link between these two: one must be an actor, the other an actor, a place or an event")
	}
	return nil
}

// allOfKind says whether all nodes are of these kinds.
func allOfKind(nodes []string, kinds ...kg.NodeKind) bool {
	return !slices.ContainsFunc(nodes, func(n string) bool { return !slices.Contains(kinds, kg.ID(n).Kind()) })
}

// addDocumentation is a document about an event: a claim cites it.
func (b *builder) addDocumentation() error {
	documents, err := b.requiredNodes("document", targetDocument)
	if err != nil {
		return err
	}
	events, err := b.requiredNodes("entity", targetEvent)
	if err != nil {
		return fault("/properties/entity", "documents are kept of events alone: %w", err)
	}
	for _, event := range events {
		fields := b.claimFields(strings.Join(append(b.take("role"), b.note(noteProperties)), " "))
		cites, _ := fields["cites"].([]any)
		fields["subject"], fields["cites"], fields["assertedAt"] = event, append(toList(documents), cites...), b.assertedAt()
		b.addRecord("claim", fields)
	}
	return nil
}

// note is what some properties say, in words, where nothing else has used them.
func (b *builder) note(properties []string) string {
	var all []string
	for _, p := range properties {
		values := slices.DeleteFunc(slices.Clone(b.properties[p]), func(v string) bool { return b.used[propertyValue{p, v}] })
		if b.markUsed(p, values...); len(values) > 0 {
			text := strings.Join(values, "; ")
			if p != "summary" && p != "description" {
				text = label(p) + " " + text
			}
			all = append(all, text)
		}
	}
	return strings.Join(all, ". ")
}
