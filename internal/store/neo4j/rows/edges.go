package rows

import (
	"strings"

	"casus/internal/kg"
)

// Edge is a type of relationship of events that claims list. Its properties and its ends are the whole edge: it has no
// record.
type Edge[T any] struct {
	// Type is the type of the relationship.
	Type string
	// Ends returns the nodes that an edge of an event connects.
	Ends func(event kg.ID, edge T) (from, to kg.ID)
	emit func(Columns, T)
	// own are the properties that emit emits and read reads, in their order.
	own    []string
	claims func(*T) *[]kg.ID
	read   func(v *Values, from, to kg.ID) T
}

// Emit emits the properties of a version of an edge.
func (e Edge[T]) Emit(c Columns, v kg.Versioned[T]) {
	known(c, v.Interval)
	c.List("claims", Strings(*e.claims(&v.Edge)))
	e.emit(c, v.Edge)
}

// List returns an expression for the list of values that Read reads, of a relationship r.
func (e Edge[T]) List(r string) string {
	all := []string{"startNode(" + r + ").id", "endNode(" + r + ").id", r + ".claims"}
	for _, name := range e.own {
		all = append(all, r+"."+name)
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// Read reads an edge from the values of List.
func (e Edge[T]) Read(values []any) (T, error) {
	v := &Values{Values: values}
	from, to, claims := v.ID(), v.ID(), v.IDs()
	edge := e.read(v, from, to)
	*e.claims(&edge) = claims
	return edge, v.Err
}

// Participations are the edges of actors to events.
var Participations = Edge[kg.Participation]{
	Type: "PARTICIPATED_IN", own: []string{"role", "side", "status", "capacity", "representing"},
	Ends: func(e kg.ID, p kg.Participation) (from, to kg.ID) { return p.Actor, e },
	emit: func(c Columns, p kg.Participation) {
		c.Text("role", string(p.Role))
		c.Optional("side", string(p.Side))
		c.Text("status", string(p.Status))
		c.Optional("capacity", p.Capacity)
		c.Optional("representing", string(p.Representing))
	},
	claims: func(p *kg.Participation) *[]kg.ID { return &p.Claims },
	read: func(v *Values, actor, _ kg.ID) kg.Participation {
		return kg.Participation{
			Actor: actor, Role: kg.ParticipantRole(v.Text()), Side: kg.Side(v.OptionalText()),
			Status: kg.ClaimStatus(v.Text()), Capacity: v.OptionalText(), Representing: kg.ID(v.OptionalText()),
		}
	},
}

// Places are the edges of events to their locations.
var Places = Edge[kg.EventLocation]{
	Type: "OCCURRED_AT", own: []string{"role", "precision"},
	Ends: func(e kg.ID, l kg.EventLocation) (from, to kg.ID) { return e, l.Location },
	emit: func(c Columns, l kg.EventLocation) {
		c.Text("role", string(l.Role))
		c.OptionalWhole("precision", int64(l.Precision), l.Precision != 0)
	},
	claims: func(l *kg.EventLocation) *[]kg.ID { return &l.Claims },
	read: func(v *Values, _, location kg.ID) kg.EventLocation {
		return kg.EventLocation{Location: location, Role: kg.LocationRole(v.Text()), Precision: int(v.OptionalWhole())}
	},
}

// Parts are the edges of events to events that they are part of.
var Parts = Edge[kg.EventPart]{
	Type:   "PART_OF",
	Ends:   func(e kg.ID, p kg.EventPart) (from, to kg.ID) { return e, p.Whole },
	emit:   func(Columns, kg.EventPart) {},
	claims: func(p *kg.EventPart) *[]kg.ID { return &p.Claims },
	read:   func(_ *Values, part, whole kg.ID) kg.EventPart { return kg.EventPart{Part: part, Whole: whole} },
}

// Responses are the edges of events to events that they respond to.
var Responses = Edge[kg.Response]{
	Type: "RESPONDS_TO", own: []string{"kind", "condition"},
	Ends: func(e kg.ID, r kg.Response) (from, to kg.ID) { return e, r.To },
	emit: func(c Columns, r kg.Response) {
		c.Text("kind", string(r.Kind))
		c.Optional("condition", r.Condition)
	},
	claims: func(r *kg.Response) *[]kg.ID { return &r.Claims },
	read: func(v *Values, by, to kg.ID) kg.Response {
		return kg.Response{By: by, To: to, Kind: kg.ResponseKind(v.Text()), Condition: v.OptionalText()}
	},
}

// Announcements are the edges of events to events that they announce.
var Announcements = Edge[kg.Announcement]{
	Type:   "ANNOUNCES",
	Ends:   func(e kg.ID, a kg.Announcement) (from, to kg.ID) { return e, a.Of },
	emit:   func(Columns, kg.Announcement) {},
	claims: func(a *kg.Announcement) *[]kg.ID { return &a.Claims },
	read:   func(_ *Values, by, of kg.ID) kg.Announcement { return kg.Announcement{By: by, Of: of} },
}

// Support emits the properties of a SUPPORTED relationship, from an affiliation to its holder.
func Support(c Columns, v kg.Versioned[[]kg.ID]) {
	known(c, v.Interval)
	c.List("claims", Strings(v.Edge))
}

// Affiliated emits the properties of an AFFILIATED_WITH relationship, from an affiliation's holder to its counterpart.
func Affiliated(c Columns, a kg.Affiliation, v kg.Versioned[[]kg.ID]) {
	Support(c, v)
	c.Text("affiliation", string(a.ID))
	c.Text("type", string(a.Type))
	c.Optional("position", a.Position)
	extent(c, a.ValidTime)
}

// AffiliatedByCypher returns the properties that Affiliated emits as a Cypher map, of a stored affiliation f and its
// SUPPORTED relationship s.
func AffiliatedByCypher(f, s string) string {
	return "{claims: " + s + ".claims, knownFrom: " + s + ".knownFrom, knownTo: " + s + ".knownTo, identity: " + s +
		".identity, affiliation: " + f + ".id, type: " + f + ".type, position: " + f + ".position, startsAt: " + f +
		".startsAt, endsAt: " + f + ".endsAt}"
}
