package intake

import (
	"bytes"
	"cmp"
	"encoding/json"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/review"
	"casus/internal/strictjson"
)

// Submission is a proposal with the decisions about it, and decisions of curators.
type Submission struct {
	Records []json.RawMessage `json:"records"`
	Review  *proposal.Review  `json:"review"`
	// Curations are records of type correction and identity.
	Curations []json.RawMessage `json:"curations"`
	By        string            `json:"by"`
	Note      string            `json:"note"`
	At        string            `json:"at"` // RFC 3339; now if empty
	// KeepText stores the text of the document, Replace corrects what the store has otherwise.
	KeepText bool `json:"keepText"`
	Replace  bool `json:"replace"`
	// Revision is the revision for which the effects were shown, 0 for any.
	Revision int64 `json:"revision"`
}

// maxCurations bounds the corrections and identity decisions of one request.
const maxCurations = 1000

// unsigned is the signature of a preview without a name.
const unsigned = "preview"

// draft is what a submission loads.
type draft struct {
	outcome review.Outcome
	lines   []byte
	by      review.Signature
}

// decide carries out the decisions of a submission.
func (d *Desk) decide(s Submission) (made draft, err error) {
	made.by = review.Signature{By: cmp.Or(s.By, unsigned), At: cmp.Or(s.At, d.instant().String()), Note: s.Note}
	if (s.Review == nil) != (len(s.Records) == 0) {
		return made, kg.Errorf(kg.BadInput, "records and review belong together: send both or neither")
	}
	if s.Review != nil {
		p, err := review.New(s.Records, *s.Review)
		if err != nil {
			return made, err
		}
		if made.outcome, err = p.Decide(made.by); err != nil {
			return made, err
		}
		if made.lines, err = made.outcome.JSONL(); err != nil {
			return made, err
		}
	}
	if len(s.Curations) > maxCurations {
		return made, kg.Errorf(kg.BadInput, "%d curations, of at most %d", len(s.Curations), maxCurations)
	}
	for i, content := range s.Curations {
		line, err := curation(content, made.by)
		if err != nil {
			return made, kg.Errorf(kg.BadInput, "curation %d: %w", i+1, err)
		}
		made.lines = append(append(made.lines, line...), '\n')
	}
	return made, nil
}

// curation returns a correction or an identity decision with the signature. What cannot be taken back is refused.
func curation(content []byte, by review.Signature) ([]byte, error) {
	var head struct {
		Type kg.NodeKind `json:"type"`
	}
	if err := json.Unmarshal(content, &head); err != nil {
		return nil, kg.Errorf(kg.BadInput, "not a record: %w", err)
	}
	var made any
	switch head.Type {
	case kg.KindCorrection:
		var c record.Correction
		if err := decodeRecord(content, &c); err != nil {
			return nil, err
		}
		if c.Erases {
			return nil, kg.Errorf(kg.BadInput, "a correction that erases for good cannot be made here")
		}
		c.By, c.At = cmp.Or(c.By, by.By), cmp.Or(c.At, by.At)
		made = c
	case kg.KindIdentity:
		var i record.Identity
		if err := decodeRecord(content, &i); err != nil {
			return nil, err
		}
		if i.Same == nil { // as the format's default
			i.Same = new(true)
		}
		i.DecidedBy, i.DecidedAt = cmp.Or(i.DecidedBy, by.By), cmp.Or(i.DecidedAt, by.At)
		made = i
	default:
		return nil, kg.Errorf(kg.BadInput, "%q is neither a correction nor an identity decision", head.Type)
	}
	line, err := json.Marshal(made)
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "encode a record: %w", err)
	}
	return line, nil
}

func decodeRecord(content []byte, into any) error {
	if err := strictjson.Decode(bytes.NewReader(content), into); err != nil {
		return kg.Errorf(kg.BadInput, "not a record: %w", err)
	}
	return nil
}
