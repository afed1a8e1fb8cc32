package resolve

import (
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/record"
	"casus/internal/store"
	"casus/loader/entry"
	"casus/loader/report"
)

// Sources are the documents and releases that claims are made from, merged from the chunk and the store.
type Sources struct {
	documents map[kg.ID]kg.Document
	releases  map[kg.ID]kg.Release
	// stored are the releases that were stored before this chunk, and storedDocuments the documents.
	stored          map[kg.ID]bool
	storedDocuments map[kg.ID]kg.Document
}

// StoredDocument returns a document as it was stored before this chunk.
func (s *Sources) StoredDocument(id kg.ID) (d kg.Document, found bool) {
	d, found = s.storedDocuments[id]
	return d, found
}

// FindSources collects the documents and releases that the entries' claims are made from, and rejects a document with
// another text than the stored one. Unless keepTexts is set, it moves the texts of documents from the entries to texts.
func FindSources(
	ctx context.Context, st Store, entries []*entry.Entry, texts *Texts, keepTexts bool, rejects *report.Rejects,
) (*Sources, error) {
	s := &Sources{
		documents: map[kg.ID]kg.Document{}, releases: map[kg.ID]kg.Release{}, stored: map[kg.ID]bool{},
		storedDocuments: map[kg.ID]kg.Document{},
	}
	if err := s.read(ctx, st, entry.Live(entries)); err != nil {
		return nil, err
	}
	for _, e := range entry.Live(entries) {
		for i, d := range e.Batch.Documents { // d has its text, which claims of this chunk may quote
			if !keepTexts && d.Text != "" {
				if err := texts.Put(d.ID, d.Text); err != nil {
					return nil, err
				}
				e.Batch.Documents[i].Text = ""
			}
			hash, fault := s.addDocument(d)
			if fault != nil {
				if err := rejects.Entry(e, *fault); err != nil {
					return nil, err
				}
				continue
			}
			e.Batch.Documents[i].SHA256 = hash
		}
		for _, r := range e.Batch.Releases {
			if old, ok := s.releases[r.ID]; ok {
				r = merge.Releases.Merge(old, r)
			}
			s.releases[r.ID] = r
		}
	}
	return s, nil
}

// read reads the stored documents that the entries have or quote, and all stored releases.
func (s *Sources) read(ctx context.Context, st Store, entries []*entry.Entry) error {
	var wanted []kg.ID
	for _, e := range entries {
		for i := range e.Drafts {
			if id, _ := e.Drafts[i].Source(); id != "" {
				wanted = append(wanted, id)
			}
		}
		if e.Content != nil {
			if id, _ := e.Content.Source(); id != "" {
				wanted = append(wanted, id)
			}
		}
		for _, d := range e.Batch.Documents {
			wanted = append(wanted, d.ID)
		}
	}
	slices.Sort(wanted)
	if err := Nodes(ctx, st, slices.Compact(wanted), func(n kg.Node) {
		if d, ok := n.(kg.Document); ok {
			s.documents[d.ID], s.storedDocuments[d.ID] = d, d
		}
	}); err != nil {
		return err
	}
	for page, err := range store.Walk(ctx, st, kg.KindRelease, lookupSize) {
		if err != nil {
			return err
		}
		for _, r := range page.Releases {
			s.releases[r.ID], s.stored[r.ID] = r, true
		}
	}
	return nil
}

// addDocument merges a document of the chunk with the one before it, and returns the hash of its text. It returns a
// Reject if their texts differ.
func (s *Sources) addDocument(d kg.Document) (hash string, fault *record.Reject) {
	if old, ok := s.documents[d.ID]; ok {
		if old.SHA256 != "" && d.SHA256 != "" {
			if old.SHA256 != d.SHA256 && (d.Text == "" || !kg.HasTextHash(d.Text, old.SHA256)) {
				return "", &record.Reject{
					Reason: "the stored document has a different text", Found: d.SHA256, Allowed: []string{old.SHA256},
				}
			}
			d.SHA256 = old.SHA256 // they differ at most by a byte order mark
		}
		hash = d.SHA256
		d = merge.Documents.Merge(old, d)
		s.documents[d.ID] = d
		return hash, nil
	}
	s.documents[d.ID] = d
	return d.SHA256, nil
}

// missing returns the draft's document or release, if it names one that is not known, else "".
func (s *Sources) missing(d *record.Draft) kg.ID {
	document, release := d.Source()
	if _, known := s.documents[document]; document != "" && !known {
		return document
	}
	if _, known := s.releases[release]; release != "" && !known {
		return release
	}
	return ""
}

// has reports whether a draft's document and release are known, so far as it names them.
func (s *Sources) has(d *record.Draft) bool { return s.missing(d) == "" }

// similar returns the ids of documents or releases that may be meant by a missing one.
func (s *Sources) similar(id kg.ID) (ids []string) {
	for other := range s.documents {
		if id.Kind() == kg.KindDocument {
			ids = append(ids, string(other))
		}
	}
	for other := range s.releases {
		if id.Kind() == kg.KindRelease {
			ids = append(ids, string(other))
		}
	}
	return ids
}

// dates returns the publication times of a document and a release.
func (s *Sources) dates(document, release kg.ID) (published, released *edtf.Time) {
	return s.documents[document].PublishedAt, s.releases[release].ReleasedAt
}
