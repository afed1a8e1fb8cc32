package ftm

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"casus/internal/kg"
)

// addAffiliations adds the affiliations of an edge between parties, or a party and a place: one for each pair of ends.
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

// position returns the holder's position: for an office the post's name, if it is in the input; else role and
// relationship, else the schema's default.
func (b *builder) position() string {
	if b.entity.schema == "Occupancy" {
		for _, post := range b.properties["post"] {
			if name := b.positionNames[b.hash(post)]; name != "" {
				return name
			}
		}
	}
	roles := append(b.take("role"), b.take("relationship")...)
	if len(roles) == 0 {
		return b.schema.edge.position
	}
	return strings.Join(roles, "; ")
}

// addAffiliation adds an affiliation. Its id depends on all its content, so a newer release with another end retracts
// the old affiliation and claims a new one.
func (b *builder) addAffiliation(
	holder, counterpart string, typ kg.AffiliationType, position, valid string, claim map[string]any,
) {
	sum := sha256.Sum256([]byte(strings.Join([]string{holder, counterpart, string(typ), position, valid}, "\x00")))
	id := nodeID(kg.KindAffiliation, b.id) + "@" + strings.ToLower(base32.HexEncoding.EncodeToString(sum[:5]))
	fields := map[string]any{
		"id": id, "holder": holder, "counterpart": counterpart, "affiliationType": string(typ), "position": position,
		"validTime": valid, "assertedAt": b.assertedAt(),
	}
	if len(claim) > 0 {
		fields["claims"] = []any{claim}
	}
	b.addRecord("affiliation", fields)
}

// addParticipations adds a claim about each event of an edge, with the participants that the edge names.
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

// validTimeNote returns the time of a participation in brackets; "" if it is unknown.
func (b *builder) validTimeNote() string {
	if valid := b.validTime(); valid != "" {
		return "(" + valid + ")"
	}
	return ""
}

// addLink adds an affiliation or a participation in an event, depending on the nodes that the edge connects.
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
		return fault("/properties/"+to,
			"the graph cannot link these two: one must be an actor and the other an actor, a place or an event")
	}
	return nil
}

// allOfKind reports whether every node is of one of the kinds.
func allOfKind(nodes []string, kinds ...kg.NodeKind) bool {
	return !slices.ContainsFunc(nodes, func(n string) bool { return !slices.Contains(kinds, kg.ID(n).Kind()) })
}

// addDocumentation adds a claim about each event, which cites the documents.
func (b *builder) addDocumentation() error {
	documents, err := b.requiredNodes("document", targetDocument)
	if err != nil {
		return err
	}
	events, err := b.requiredNodes("entity", targetEvent)
	if err != nil {
		return fault("/properties/entity", "only events can have documents: %w", err)
	}
	for _, event := range events {
		fields := b.claimFields(strings.Join(append(b.take("role"), b.note(noteProperties)), " "))
		cites, _ := fields["cites"].([]any)
		fields["subject"], fields["cites"], fields["assertedAt"] = event, append(toList(documents), cites...), b.assertedAt()
		b.addRecord("claim", fields)
	}
	return nil
}
