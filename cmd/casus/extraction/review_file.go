package extraction

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/outfile"
	"casus/internal/review"
)

const (
	// reviewedFile is the end of the name of the file with the accepted records.
	reviewedFile = ".reviewed.jsonl"
	// maxProposalBytes bounds the files of a proposal.
	maxProposalBytes = 64 << 20
)

// reviewFile is a review file with the records of its proposal.
type reviewFile struct {
	path    string
	records []json.RawMessage
	decoded []map[string]json.RawMessage
	review  proposal.Review
}

// reviewFiles returns the review files at paths, in their order; of a folder all, by name.
func reviewFiles(paths []string) (files []string, err error) {
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, kg.Errorf(kg.NotFound, "cannot review %s: %w", path, err)
		case !info.IsDir():
			if !strings.HasSuffix(path, proposal.ReviewFile) {
				return nil, kg.Errorf(kg.BadInput, "%s: the name of a review file ends in %s", path, proposal.ReviewFile)
			}
			files = append(files, path)
			continue
		}
		found, err := fs.Glob(os.DirFS(path), "*"+proposal.ReviewFile)
		if err != nil || len(found) == 0 {
			return nil, kg.Errorf(kg.NotFound, "the folder %s has no file that ends in %s", path, proposal.ReviewFile)
		}
		slices.Sort(found)
		for _, name := range found {
			files = append(files, filepath.Join(path, name))
		}
	}
	return files, nil
}

// readReview reads a review file and the records of its proposal, and checks both.
func readReview(path string) (*reviewFile, error) {
	f := &reviewFile{path: path}
	content, err := readFile("the review file", path, nil, maxProposalBytes)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(content, &f.review); err != nil {
		return nil, kg.Errorf(kg.BadInput, "%s is no review file: %w", path, err)
	}
	for _, item := range f.review.Items {
		if item.Decision != nil && len(item.Decision.Edited) > 0 { // the file is indented
			var compact bytes.Buffer
			if err := json.Compact(&compact, item.Decision.Edited); err == nil {
				item.Decision.Edited = compact.Bytes()
			}
		}
	}
	records := f.beside(proposal.RecordsFile)
	if content, err = readFile("the proposal of the review", records, nil, maxProposalBytes); err != nil {
		return nil, err
	}
	f.records = review.Lines(content)
	if _, err := review.New(f.records, f.review); err != nil {
		return nil, kg.Errorf(kg.BadInput, "%s: %w", path, err)
	}
	for i, line := range f.records {
		fields := map[string]json.RawMessage{}
		if err := json.Unmarshal(line, &fields); err != nil {
			return nil, kg.Errorf(kg.BadInput, "%s:%d: %w", records, i+1, err)
		}
		f.decoded = append(f.decoded, fields)
	}
	return f, nil
}

// beside returns the path of another file of the proposal, by the end of its name.
func (f *reviewFile) beside(end string) string {
	return strings.TrimSuffix(f.path, proposal.ReviewFile) + end
}

// save writes the decisions into the review file.
func (f *reviewFile) save(ctx context.Context) error {
	file, err := f.review.File()
	if err != nil {
		return err
	}
	return outfile.Guard{Force: true}.Write(ctx, f.path, func(w io.Writer) error {
		_, err := w.Write(file.Content)
		return err
	})
}

// decide returns what the decisions make of the proposal.
func (f *reviewFile) decide(by review.Signature) (review.Outcome, error) {
	p, err := review.New(f.records, f.review)
	if err != nil {
		return review.Outcome{}, err
	}
	return p.Decide(by)
}

// content returns the record or claim of an item, as it is or as it was edited; nil for a link.
func (f *reviewFile) content(item proposal.Item) json.RawMessage {
	switch {
	case item.Decision != nil && len(item.Decision.Edited) > 0:
		return item.Decision.Edited
	case item.Added != nil:
		return item.Added
	case item.Record == 0:
		return nil
	case item.Claim == 0:
		return f.records[item.Record-1]
	}
	var claims []json.RawMessage
	if json.Unmarshal(f.decoded[item.Record-1]["claims"], &claims) != nil || item.Claim > len(claims) {
		return nil
	}
	return claims[item.Claim-1]
}

// text returns the article's text.
func (f *reviewFile) text() (text string) {
	for _, fields := range f.decoded {
		if content, found := fields["text"]; found {
			_ = json.Unmarshal(content, &text) // New has decoded it
		}
	}
	return text
}

// list prints the items, one a line.
func (f *reviewFile) list(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %s\n", f.path, clean(f.review.Title), plural(len(f.review.Items), "item"))
	for i, item := range f.review.Items {
		var codes []string
		for _, flag := range item.Flags {
			codes = append(codes, string(flag.Code))
		}
		fmt.Fprintf(&b, "%3d  %-9s  %-11s  %s", i+1, decisionOf(item), item.Type, clean(item.Label))
		if len(codes) > 0 {
			fmt.Fprintf(&b, "  [%s]", strings.Join(codes, " "))
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// decisionOf returns the decision about an item in a word.
func decisionOf(item proposal.Item) string {
	d := item.Decision
	switch {
	case d == nil:
		return "undecided"
	case d.Verdict == proposal.Reject:
		return "rejected"
	case len(d.Edited) > 0:
		return "edited"
	case d.Known != "":
		return "linked"
	case d.Own:
		return "own"
	}
	return "accepted"
}
