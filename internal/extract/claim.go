package extract

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"

	"casus/internal/edtf"
	"casus/internal/extract/check"
	"casus/internal/extract/form"
	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
	"casus/internal/text"
)

// addClaims accepts the claims whose words stand in the text and whose keys are known.
func (d *draft) addClaims(ctx context.Context) error {
	for i, e := range d.form.Events {
		if _, ok := d.events[e.Key]; ok {
			d.refuse("events", i, "/key", fault(form.KeyRepeated), e.Key)
			continue
		}
		found := &event{form: e, index: i}
		d.events[e.Key] = found
		d.order = append(d.order, found)
	}
	seen := map[string]bool{}
	for i := range d.form.Claims {
		if err := stopped(ctx); err != nil {
			return err
		}
		c := d.newClaim(i)
		if c == nil {
			continue
		}
		content, err := json.Marshal(c.record)
		if err != nil {
			return kg.Errorf(kg.Internal, "encode a claim: %w", err)
		}
		key := d.form.Claims[i].Event
		if id := key + "\n" + string(content); seen[id] {
			d.refuse("claims", i, "", fault(form.Repeated), "")
			continue
		} else {
			seen[id] = true
		}
		d.events[key].claims = append(d.events[key].claims, c)
	}
	return nil
}

// newClaim accepts a claim, or refuses it and returns nil.
func (d *draft) newClaim(i int) *claim {
	f := d.form.Claims[i]
	e := d.events[f.Event]
	if e == nil {
		d.refuse("claims", i, "/event", fault(form.UnknownEvent), f.Event)
		return nil
	}
	numbers, ok := d.checkSentences("claims", i, f.Sentences)
	if !ok {
		return nil
	}
	c := &claim{sentences: numbers}
	c.record = proposal.Claim{
		Stance: f.Stance, Aspect: f.Aspect, Confidence: f.Confidence.Percent(), Extractions: d.extractions(),
	}
	if !d.addClaimants(c, i) || !d.addValue(c, i, e) || !d.addWords(c, i) {
		return nil
	}
	d.addFigures(c, i)
	if f.Aspect == kg.AspectFigures && len(c.record.Figures) == 0 {
		d.refuse("claims", i, "/figures", fault(form.NoFigure), "")
		return nil
	}
	if f.StatedAt != nil {
		if t, err := edtf.ParseTime(*f.StatedAt); err != nil {
			d.leaveOut("claims", i, "/statedAt", timeFault(err), *f.StatedAt)
		} else {
			c.record.StatedAt = t.EDTF
			c.flags = append(c.flags, check.Stated(t, d.article.Published)...)
		}
	}
	for _, key := range f.Claimants {
		d.actors[key].use()
	}
	if c.about != nil {
		c.about.use()
		if !d.isNear(c.about, c.sentences) {
			c.flags = append(c.flags, check.NewFlag(check.PartyFar, wording.Values{"name": c.about.names[0]}))
		}
	}
	d.countSpans(c)
	return c
}

func (d *draft) countSpans(c *claim) {
	manner := string(c.manner)
	if manner == "" {
		manner = "SENTENCE"
	}
	d.spans[manner] += len(c.record.Spans)
}

// addClaimants adds the claimants and flags claimants that are not named near the sentences.
func (d *draft) addClaimants(c *claim, i int) bool {
	for at, key := range d.form.Claims[i].Claimants {
		p := d.actors[key]
		if p == nil {
			d.refuse("claims", i, "/claimants/"+strconv.Itoa(at), fault(form.UnknownActor), key)
			return false
		}
		if slices.Contains(c.record.Claimants, p.id) {
			continue
		}
		c.record.Claimants = append(c.record.Claimants, p.id)
		if p.isCommon {
			c.flags = append(c.flags, check.NewFlag(check.NameCase, wording.Values{"name": p.names[0]}))
		}
		if !d.isNear(p, c.sentences) {
			c.flags = append(c.flags, check.NewFlag(check.ClaimantFar, wording.Values{"name": p.names[0]}))
		}
	}
	return true
}

// addValue adds the value of a claim about participation, place or time.
func (d *draft) addValue(c *claim, i int, e *event) bool {
	f := d.form.Claims[i]
	value := ""
	if f.Value != nil {
		value = *f.Value
	}
	aspects := []kg.Aspect{kg.AspectParticipation, kg.AspectPlace, kg.AspectTime}
	if f.Value == nil && slices.Contains(aspects, f.Aspect) {
		d.refuse("claims", i, "/value", fault(form.NoValue), "")
		return false
	}
	switch f.Aspect {
	case kg.AspectParticipation:
		p := d.actors[value]
		if p == nil {
			d.refuse("claims", i, "/value", fault(form.UnknownActor), value)
			return false
		}
		c.about = p
		for _, part := range e.form.Participants {
			if part.Actor == value {
				c.record.Participants = append(c.record.Participants, proposal.Participant{Actor: p.id, Role: part.Role})
			}
		}
		if c.record.Participants == nil {
			c.record.Participants = []proposal.Participant{{Actor: p.id, Role: kg.RoleParticipant}}
		}
	case kg.AspectPlace:
		p := d.places[value]
		if p == nil {
			d.refuse("claims", i, "/value", fault(form.UnknownPlace), value)
			return false
		}
		c.about = p
		role := kg.LocationRoleVenue
		for _, at := range e.form.Locations {
			if at.Place == value {
				role = at.Role
			}
		}
		c.record.Locations = []proposal.Place{{Location: p.id, Role: role}}
	case kg.AspectTime:
		t, err := edtf.ParseTime(value)
		if err != nil {
			d.refuse("claims", i, "/value", timeFault(err), value)
			return false
		}
		c.record.Time = t.EDTF
		c.flags = append(c.flags, check.Weekday(d.textOf(c.sentences), t)...)
	default:
		if f.Value != nil {
			d.leaveOut("claims", i, "/value", fault(form.NeedlessValue), value)
		}
	}
	return true
}

// addFigures adds the figures and flags numbers that the sentences do not state.
func (d *draft) addFigures(c *claim, i int) {
	for at, f := range d.form.Claims[i].Figures {
		field := "/figures/" + strconv.Itoa(at)
		switch {
		case f.Number != nil && (*f.Number < 0 || *f.Number > math.MaxInt32):
			d.leaveOut("claims", i, field+"/number", fault(form.InvalidNumber), fmt.Sprint(*f.Number))
			continue
		case f.Number == nil && f.Qualifier != kg.QualifierVague:
			d.leaveOut("claims", i, field+"/number", fault(form.NoNumber), string(f.Qualifier))
			continue
		}
		figure := proposal.Figure{Type: f.Kind, Best: f.Number}
		if f.Population != kg.PopulationTotal {
			figure.Population = f.Population
		}
		if f.Qualifier != kg.QualifierExact {
			figure.Qualifier = f.Qualifier
		}
		if f.Unit != nil {
			figure.Unit = *f.Unit
		}
		if slices.ContainsFunc(c.record.Figures, func(o proposal.Figure) bool { return reflect.DeepEqual(o, figure) }) {
			d.leaveOut("claims", i, field, fault(form.Repeated), "")
			continue
		}
		for _, o := range c.record.Figures {
			if o.Type == figure.Type && o.Population == figure.Population && text.Fold(o.Unit) == text.Fold(figure.Unit) {
				c.flags = append(c.flags, check.Figures(o.Best, o.Qualifier, figure.Best, figure.Qualifier)...)
			}
		}
		c.record.Figures = append(c.record.Figures, figure)
		c.flags = append(c.flags, check.Figure(f.Number, f.Qualifier, d.textsOf(c.sentences))...)
	}
}
