package extraction

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/review"
	"casus/internal/terminal"
)

// session asks a person about the items of a review, one after another.
type session struct {
	*reviewFile
	in      *keyboard
	out     io.Writer
	display display
	at      int // the position of the shown item
}

func newSession(f *reviewFile, in *keyboard, out io.Writer) *session {
	return &session{
		reviewFile: f, in: in, out: out, display: newDisplay(f.text(), terminal.HasColour(out)),
	}
}

const keys = "a accept  r reject  e edit  l link  o own  u undo  n next  b back  A accept unflagged  f finish  q quit"

// run asks until the person finishes or quits, or the input ends. It reports whether to finish.
func (s *session) run(ctx context.Context) (finish bool, err error) {
	s.print("%s: %s", s.path, clean(s.review.Title))
	s.at = s.undecided(-1)
	for {
		if s.at >= len(s.review.Items) {
			s.print("the end; %s undecided; f finishes, b goes back, q quits", plural(s.left(), "item"))
		} else {
			s.show()
		}
		key, argument, err := s.in.key(s.out)
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if err := ctx.Err(); err != nil {
			return false, kg.Errorf(kg.Timeout, "the review was interrupted: %w", err)
		}
		switch key {
		case "q":
			s.print("saved in %s; the same command goes on", s.path)
			return false, nil
		case "f":
			return true, nil
		}
		if err := s.act(ctx, key, argument); err != nil {
			return false, err
		}
	}
}

// act carries out a key other than the ones that end the session.
func (s *session) act(ctx context.Context, key, argument string) error {
	ended := s.at >= len(s.review.Items)
	switch {
	case key == "b":
		s.at = max(0, s.at-1)
	case key == "A":
		n := 0
		for i := range s.review.Items {
			if item := &s.review.Items[i]; item.Decision == nil && len(item.Flags) == 0 {
				item.Decision, n = &proposal.Decision{Verdict: proposal.Accept}, n+1
			}
		}
		s.print("accepted: %s", plural(n, "item"))
		s.at = s.undecided(-1)
		return s.save(ctx)
	case key == "?" || ended:
		s.print("%s", keys)
	case key == "n":
		s.at++
	case key == "a":
		d := &proposal.Decision{Verdict: proposal.Accept}
		if old := s.review.Items[s.at].Decision; old != nil && old.Verdict == proposal.Accept {
			d = old
		}
		return s.decide(ctx, d)
	case key == "r":
		return s.decide(ctx, &proposal.Decision{Verdict: proposal.Reject})
	case key == "u":
		s.review.Items[s.at].Decision = nil
		return s.save(ctx)
	case key == "o":
		return s.change(ctx, func(d *proposal.Decision) { d.Own, d.Known = true, "" })
	case key == "l":
		return s.link(ctx, argument)
	case key == "e":
		return s.edit(ctx, argument)
	default:
		s.print("unknown key %q: %s", clean(key), keys)
	}
	return nil
}

// change changes the decision about the item, which is then accepted.
func (s *session) change(ctx context.Context, change func(*proposal.Decision)) error {
	d := proposal.Decision{}
	if old := s.review.Items[s.at].Decision; old != nil {
		d = *old
	}
	d.Verdict = proposal.Accept
	change(&d)
	return s.decide(ctx, &d)
}

// decide decides about the item, if that can be carried out, saves it, and goes to the next undecided one.
func (s *session) decide(ctx context.Context, d *proposal.Decision) error {
	item := &s.review.Items[s.at]
	old := item.Decision
	item.Decision = d
	if err := s.check(); err != nil {
		item.Decision = old
		s.print("not done: %s", clean(err.Error()))
		return nil
	}
	s.print("%s: %s", decisionOf(*item), clean(item.Label))
	if err := s.save(ctx); err != nil {
		return err
	}
	s.at = s.undecided(s.at)
	return nil
}

// link links the item to a suggestion by its number, or to an id.
func (s *session) link(ctx context.Context, argument string) error {
	item := s.review.Items[s.at]
	if argument == "" {
		var err error
		if argument, err = s.in.line(s.out, "suggestion's number or id: "); err != nil || argument == "" {
			return ignoreEnd(err)
		}
	}
	id := kg.ID(argument)
	if n, err := strconv.Atoi(argument); err == nil {
		if n < 1 || n > len(item.Suggestions) {
			s.print("there are %s", plural(len(item.Suggestions), "suggestion"))
			return nil
		}
		id = item.Suggestions[n-1].ID
	}
	return s.change(ctx, func(d *proposal.Decision) { d.Known, d.Own = id, false })
}

// edit sets the edited record or claim: the argument, or what the person makes of it in an editor.
func (s *session) edit(ctx context.Context, argument string) error {
	old := s.content(s.review.Items[s.at])
	if old == nil {
		s.print("there is no record to edit: o gives it one of its own")
		return nil
	}
	edited := []byte(argument)
	if argument == "" {
		var err error
		if edited, err = inEditor(ctx, s.in, old); err != nil {
			s.print("not edited: %s", clean(err.Error()))
			return nil
		}
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, edited); err != nil {
		s.print("not done: invalid JSON: %s", clean(err.Error()))
		return nil
	}
	if bytes.Equal(compact.Bytes(), old) {
		s.print("nothing was changed")
		return nil
	}
	return s.change(ctx, func(d *proposal.Decision) { d.Edited = compact.Bytes() })
}

// undecided returns the position of the first undecided item after one, which does not rest on a rejected event; else
// the number of items.
func (s *session) undecided(after int) int {
	rejected := map[int]bool{}
	for _, item := range s.review.Items {
		if item.Claim == 0 && item.Decision != nil && item.Decision.Verdict == proposal.Reject {
			rejected[item.Record] = item.Record > 0
		}
	}
	for i := after + 1; i < len(s.review.Items); i++ {
		item := s.review.Items[i]
		if item.Decision == nil && (item.Claim == 0 || !rejected[item.Record]) {
			return i
		}
	}
	return len(s.review.Items)
}

// left returns the number of undecided items.
func (s *session) left() (n int) {
	for _, item := range s.review.Items {
		if item.Decision == nil {
			n++
		}
	}
	return n
}

func (s *session) show() {
	_, _ = io.WriteString(s.out, s.display.item(s.reviewFile, s.at)) // has no other place to be reported
}

func (s *session) print(format string, args ...any) { printLine(s.out, format, args...) }

// check returns the first decision that cannot be carried out as an error.
func (f *reviewFile) check() error {
	o, err := f.decide(review.Signature{By: "check", At: "2000-01-01T00:00:00Z"})
	if err != nil {
		return err
	}
	if len(o.Faults) > 0 {
		fault := o.Faults[0]
		return kg.Errorf(kg.BadInput, "item %d%s: %s", f.number(fault), spaced(fault.Field), fault.Reason)
	}
	return nil
}

// number returns the number of the item with a fault.
func (f *reviewFile) number(fault review.Fault) int {
	return 1 + slices.IndexFunc(f.review.Items, func(item proposal.Item) bool {
		return item.Record == fault.Record && item.Claim == fault.Claim && (item.Record > 0 || item.ID == fault.ID)
	})
}

func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
