package kg

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"casus/internal/edtf"
)

// The most numerous records of a store are encoded as JSON without reflection, with the same bytes as encoding/json.
// TestAppendJSON fills all fields and compares the two.

// jsonText is a buffer to which JSON is appended.
type jsonText []byte

// AppendJSON appends the JSON of the claim.
func (c Claim) AppendJSON(to []byte) []byte {
	j := append(jsonText(to), '{')
	j = jsonField(j, "id", c.ID)
	j = jsonField(j, "subject", c.Subject)
	j = jsonField(j, "stance", c.Stance)
	j = jsonField(j, "aspect", c.Aspect)
	j = jsonIDs(j, "claimants", c.Claimants)
	j = jsonIDs(j, "relayedBy", c.RelayedBy)
	j = jsonOptional(j, "document", c.Document)
	j = jsonIDs(j, "cites", c.Cites)
	j = jsonOptional(j, "release", c.Release)
	j = jsonList(j, "extractions", c.Extractions, Extraction.appendJSON)
	j = j.time("statedAt", c.StatedAt)
	j = jsonField(j, "assertedAt", c.AssertedAt.EDTF)
	if c.Quote != nil {
		j = c.Quote.appendJSON(j.name("quote"))
	}
	j = j.number("confidence", c.Confidence)
	j = jsonList(j, "spans", c.Spans, Span.appendJSON)
	j = jsonOptional(j, "note", c.Note)
	j = jsonIDs(j, "supersedes", c.Supersedes)
	return append(c.Says.appendJSON(j.name("says")), '}')
}

func (e Extraction) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "tool", e.Tool)
	j = jsonOptional(j, "model", e.Model)
	j = jsonOptional(j, "prompt", e.Prompt)
	if e.At != 0 {
		j = j.whole("at", int64(e.At))
	}
	return append(j, '}')
}

func (s Statement) appendJSON(j jsonText) jsonText {
	j = append(j, '{')
	j = jsonList(j, "titles", s.Titles, Name.appendJSON)
	j = jsonList(j, "summaries", s.Summaries, Name.appendJSON)
	j = jsonOptional(j, "category", s.Category)
	j = jsonOptional(j, "mode", s.Mode)
	j = jsonList(j, "codes", s.Codes, Code.appendJSON)
	j = jsonOptional(j, "modality", s.Modality)
	j = j.time("time", s.Time)
	j = jsonOptional(j, "nominal", s.Nominal)
	j = jsonList(j, "figures", s.Figures, Figure.appendJSON)
	j = jsonList(j, "measures", s.Measures, Measure.appendJSON)
	j = jsonList(j, "participants", s.Participants, Participant.appendJSON)
	j = jsonList(j, "places", s.Places, Place.appendJSON)
	j = jsonIDs(j, "wholes", s.Wholes)
	j = jsonList(j, "respondsTo", s.RespondsTo, ResponseTo.appendJSON)
	return append(jsonIDs(j, "announces", s.Announces), '}')
}

func (p Participant) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "actor", p.Actor)
	j = jsonField(j, "role", p.Role)
	j = jsonOptional(j, "side", p.Side)
	j = jsonOptional(j, "capacity", p.Capacity)
	return append(jsonOptional(j, "representing", p.Representing), '}')
}

func (p Place) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "location", p.Location)
	j = jsonField(j, "role", p.Role)
	return append(j.count("precision", p.Precision), '}')
}

func (r ResponseTo) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "to", r.To)
	j = jsonField(j, "kind", r.Kind)
	return append(jsonOptional(j, "condition", r.Condition), '}')
}

func (f Figure) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "kind", f.Kind)
	j = jsonField(j, "population", f.Population)
	j = jsonOptional(j, "unit", f.Unit)
	j = j.number("low", f.Low).number("best", f.Best).number("high", f.High)
	j = jsonField(j, "qualifier", f.Qualifier)
	return append(jsonOptional(j, "trend", f.Trend), '}')
}

func (q Quote) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "text", q.Text)
	j = jsonOptional(j, "language", q.Language)
	if q.Direct {
		j = append(j.name("direct"), "true"...)
	}
	j = jsonOptional(j, "speaker", q.Speaker)
	j = jsonOptional(j, "addressee", q.Addressee)
	return append(jsonList(j, "translations", q.Translations, Name.appendJSON), '}')
}

func (s Span) appendJSON(j jsonText) jsonText {
	j = append(j, '{').whole("start", int64(s.Start)).whole("end", int64(s.End))
	j = jsonOptional(j, "exact", s.Exact)
	j = jsonOptional(j, "prefix", s.Prefix)
	j = jsonOptional(j, "suffix", s.Suffix)
	return append(jsonField(j, "state", s.State), '}')
}

func (n Name) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "value", n.Value)
	j = jsonOptional(j, "language", n.Language)
	j = jsonOptional(j, "script", n.Script)
	return append(jsonOptional(j, "kind", n.Kind), '}')
}

func (c Code) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "scheme", c.Scheme)
	j = jsonField(j, "value", c.Value)
	return append(jsonOptional(j, "label", c.Label), '}')
}

// AppendJSON appends the JSON of the document.
func (d Document) AppendJSON(to []byte) []byte {
	j := jsonField(append(jsonText(to), '{'), "id", d.ID)
	j = jsonOptional(j, "url", d.URL)
	if len(d.Titles) > 0 {
		j = jsonList(j, "titles", d.Titles, Name.appendJSON)
	} else {
		j = j.empty("titles", d.Titles == nil)
	}
	j = jsonOptional(j, "language", d.Language)
	j = jsonOptional(j, "publisher", d.Publisher)
	j = j.time("publishedAt", d.PublishedAt)
	if d.RetrievedAt != nil {
		j = j.whole("retrievedAt", int64(*d.RetrievedAt))
	}
	j = jsonOptional(j, "sha256", d.SHA256)
	j = jsonOptional(j, "text", d.Text)
	j = jsonOptional(j, "syndicates", d.Syndicates)
	return append(d.Provenance.appendJSON(j), '}')
}

// appendJSON appends the fields of p to those of its node.
func (p Provenance) appendJSON(j jsonText) jsonText {
	j = jsonOptional(j, "source", p.Source)
	j = jsonList(j, "values", p.Values, FieldValue.appendJSON)
	j = jsonTexts(j, "undecided", p.Undecided)
	return jsonList(j, "corrected", p.Corrected, FieldCorrection.appendJSON)
}

func (c FieldCorrection) appendJSON(j jsonText) jsonText {
	j = jsonOptional(jsonField(append(j, '{'), "field", c.Field), "value", c.Value)
	return append(j.whole("at", int64(c.At)), '}')
}

func (v FieldValue) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "field", v.Field)
	j = jsonField(j, "value", v.Value)
	return append(jsonTexts(j, "sources", v.Sources), '}')
}

// AppendJSON appends the JSON of the state.
func (s EventState) AppendJSON(to []byte) []byte {
	j := append(jsonText(to), '{').whole("knownFrom", int64(s.KnownFrom)).whole("knownTo", int64(s.KnownTo))
	j = jsonField(j, "status", s.Status)
	j = s.Headline.appendJSON(j.name("headline"))
	j = jsonField(j, "firstAsserted", s.FirstAsserted.EDTF)
	j = s.Toll.AppendJSON(j.name("toll"))
	j = append(j.name("sources"), '{').whole("documents", int64(s.Sources.Documents))
	j = j.whole("publishers", int64(s.Sources.Publishers))
	j = j.whole("voices", int64(s.Sources.Voices))
	j = append(j.whole("datasets", int64(s.Sources.Datasets)), '}')
	j = j.count("codings", int(s.Codings)).count("disagreements", int(s.Disagreements))
	return append(jsonAllIDs(j, "because", s.Because), '}')
}

func (h Headline) appendJSON(j jsonText) jsonText {
	j = jsonList(append(j, '{'), "titles", h.Titles, Name.appendJSON)
	j = jsonList(j, "summaries", h.Summaries, Name.appendJSON)
	j = jsonField(j, "category", h.Category)
	j = jsonOptional(j, "mode", h.Mode)
	j = jsonList(j, "codes", h.Codes, Code.appendJSON)
	j = jsonField(j, "modality", h.Modality)
	j = jsonField(j, "time", h.Time.EDTF)
	return append(jsonOptional(j, "nominal", h.Nominal), '}')
}

// AppendJSON appends the JSON of the toll.
func (t Toll) AppendJSON(to []byte) []byte {
	j := append(jsonText(to), '{').estimate("killed", t.Killed).estimate("wounded", t.Wounded)
	return append(jsonList(j, "figures", t.Figures, TollFigure.appendJSON), '}')
}

func (f TollFigure) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "kind", f.Kind)
	j = jsonField(j, "population", f.Population)
	return append(jsonOptional(j, "unit", f.Unit).numbers(f.Estimate), '}')
}

func (j jsonText) estimate(name string, e *Estimate) jsonText {
	if e == nil {
		return j
	}
	return append(append(j.name(name), '{').numbers(*e), '}')
}

// numbers appends the fields of an estimate.
func (j jsonText) numbers(e Estimate) jsonText {
	j = j.number("low", e.Low).number("best", e.Best).number("high", e.High)
	return strconv.AppendBool(j.name("agreed"), e.Agreed)
}

// AppendJSON appends the JSON of the participation.
func (p Participation) AppendJSON(to []byte) []byte {
	j := jsonField(append(jsonText(to), '{'), "actor", p.Actor)
	j = jsonField(j, "role", p.Role)
	j = jsonOptional(j, "side", p.Side)
	j = jsonOptional(j, "capacity", p.Capacity)
	j = jsonOptional(j, "representing", p.Representing)
	j = jsonField(j, "status", p.Status)
	return append(jsonAllIDs(j, "claims", p.Claims), '}')
}

// AppendJSON appends the JSON of the location.
func (l EventLocation) AppendJSON(to []byte) []byte {
	j := jsonField(append(jsonText(to), '{'), "location", l.Location)
	j = jsonField(j, "role", l.Role).count("precision", l.Precision)
	return append(jsonAllIDs(j, "claims", l.Claims), '}')
}

// AppendJSON appends the JSON of the part.
func (p EventPart) AppendJSON(to []byte) []byte {
	j := jsonField(append(jsonText(to), '{'), "part", p.Part)
	j = jsonField(j, "whole", p.Whole)
	return append(jsonAllIDs(j, "claims", p.Claims), '}')
}

// AppendJSON appends the JSON of the response.
func (r Response) AppendJSON(to []byte) []byte {
	j := jsonField(append(jsonText(to), '{'), "by", r.By)
	j = jsonField(jsonField(j, "to", r.To), "kind", r.Kind)
	j = jsonOptional(j, "condition", r.Condition)
	return append(jsonAllIDs(j, "claims", r.Claims), '}')
}

// AppendJSON appends the JSON of the announcement.
func (a Announcement) AppendJSON(to []byte) []byte {
	j := jsonField(append(jsonText(to), '{'), "by", a.By)
	j = jsonField(j, "of", a.Of)
	return append(jsonAllIDs(j, "claims", a.Claims), '}')
}

// name appends the name of a field, after a comma unless it is the first.
func (j jsonText) name(name string) jsonText {
	if j[len(j)-1] != '{' {
		j = append(j, ',')
	}
	return append(append(append(j, '"'), name...), '"', ':')
}

func jsonField[T ~string](j jsonText, name string, value T) jsonText {
	return j.name(name).text(string(value))
}

// jsonOptional appends a field unless value is empty.
func jsonOptional[T ~string](j jsonText, name string, value T) jsonText {
	if value == "" {
		return j
	}
	return j.name(name).text(string(value))
}

// time appends a field unless t is nil.
func (j jsonText) time(name string, t *edtf.Time) jsonText {
	if t == nil {
		return j
	}
	return j.name(name).text(t.EDTF)
}

// whole appends a field with an integer.
func (j jsonText) whole(name string, n int64) jsonText { return strconv.AppendInt(j.name(name), n, 10) }

// number appends a field unless n is nil.
func (j jsonText) number(name string, n *int) jsonText {
	if n == nil {
		return j
	}
	return j.whole(name, int64(*n))
}

// count appends a field unless n is 0.
func (j jsonText) count(name string, n int) jsonText {
	if n == 0 {
		return j
	}
	return j.whole(name, int64(n))
}

// jsonList appends a field unless the list is empty.
func jsonList[T any](j jsonText, name string, list []T, element func(T, jsonText) jsonText) jsonText {
	if len(list) == 0 {
		return j
	}
	j = append(j.name(name), '[')
	for i, v := range list {
		if i > 0 {
			j = append(j, ',')
		}
		j = element(v, j)
	}
	return append(j, ']')
}

func jsonIDs(j jsonText, name string, ids []ID) jsonText { return jsonTexts(j, name, ids) }

func jsonTexts[T ~string](j jsonText, name string, all []T) jsonText {
	return jsonList(j, name, all, func(s T, j jsonText) jsonText { return j.text(string(s)) })
}

// jsonAllIDs appends a field even if the list is empty or nil.
func jsonAllIDs(j jsonText, name string, ids []ID) jsonText {
	if len(ids) == 0 {
		return j.empty(name, ids == nil)
	}
	return jsonIDs(j, name, ids)
}

// empty appends a field with null or an empty list.
func (j jsonText) empty(name string, null bool) jsonText {
	if null {
		return append(j.name(name), "null"...)
	}
	return append(j.name(name), '[', ']')
}

// needsEscape marks the ASCII bytes that encoding/json escapes.
var needsEscape = func() (escape [256]bool) {
	for c := range byte(' ') {
		escape[c] = true
	}
	for _, c := range `"\<>&` {
		escape[c] = true
	}
	return escape
}()

// text appends s quoted. Text that needs escapes is rare; encoding/json encodes it.
func (j jsonText) text(s string) jsonText {
	all := byte(0)
	for i := range len(s) {
		c := s[i]
		if needsEscape[c] {
			return j.escaped(s)
		}
		all |= c
	}
	if all >= utf8.RuneSelf && (!utf8.ValidString(s) || strings.Contains(s, "\u2028") || strings.Contains(s, "\u2029")) {
		return j.escaped(s)
	}
	return append(append(append(j, '"'), s...), '"')
}

func (j jsonText) escaped(s string) jsonText {
	b, _ := json.Marshal(s) // cannot fail for a string
	return append(j, b...)
}

// Digest returns a hash of the claim's content, without its extractions and the fields that stores set when they write
// or read it. Two
// claims with one id and different digests contradict each other, unless MergeClaim reports that they differ only by
// the check of their spans.
func (c Claim) Digest() string {
	d := digesters.Get().(*Digester) //nolint:forcetypeassert // it holds nothing else
	defer digesters.Put(d)
	return d.Digest(c)
}

// digesters is a pool of digesters.
var digesters = sync.Pool{New: func() any { return new(Digester) }}

// Digester computes the digests of many claims and reuses its buffer. The zero value is ready to use. It is not safe
// for concurrent use.
type Digester struct{ json []byte }

// Digest returns the digest of c, as Claim.Digest does.
func (d *Digester) Digest(c Claim) string {
	c.Extractions = nil
	d.json = c.AppendJSON(slices.Grow(d.json[:0], 1<<10))
	sum := sha256.Sum256(d.json)
	return hex.EncodeToString(sum[:])
}

func (m Measure) appendJSON(j jsonText) jsonText {
	j = jsonField(append(j, '{'), "name", m.Name)
	number, err := json.Marshal(m.Value)
	if err != nil { // cannot happen: Check refuses numbers that JSON lacks
		number = []byte("null")
	}
	return append(append(j.name("value"), number...), '}')
}
