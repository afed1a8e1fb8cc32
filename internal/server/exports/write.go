package exports

import (
	"archive/zip"
	"context"
	"io"

	"casus/internal/export"
)

// Write writes one file to w, unless the filter has an id that no node has, which is NOT_FOUND: in a tabular format
// without a table all tables in a zip, with the origin if there is one, otherwise the format's own file. A zip ends
// with its directory, so readers recognise a truncated one.
func Write(
	ctx context.Context, s export.Source, f export.Format, r export.Request, w io.Writer,
) (export.Summary, error) {
	if err := RequireIDs(ctx, s, r.Filter); err != nil {
		return export.Summary{}, err
	}
	if !IsArchive(f, r) {
		return f.Write(ctx, s, r, w)
	}
	total := export.Summary{Written: map[string]int{}}
	z := zip.NewWriter(w)
	for _, t := range export.Tables.Values() {
		r.Table = t
		method := zip.Deflate
		if f.Name == "parquet" { // already compressed
			method = zip.Store
		}
		entry, err := z.CreateHeader(&zip.FileHeader{Name: string(t) + "." + f.Extension, Method: method})
		if err != nil {
			return total, err
		}
		table, err := f.Write(ctx, s, r, entry)
		if err != nil {
			return total, err
		}
		for what, n := range table.Written {
			total.Written[what] += n
		}
	}
	if r.Origin != nil {
		entry, err := z.CreateHeader(&zip.FileHeader{Name: "origin.json", Method: zip.Deflate})
		if err != nil {
			return total, err
		}
		if err := r.Origin.Write(entry); err != nil {
			return total, err
		}
	}
	return total, z.Close()
}

// IsArchive reports whether Write writes a zip of all tables.
func IsArchive(f export.Format, r export.Request) bool { return f.Tabular && r.Table == "" }

// Filename returns the name and the media type under which an export is downloaded.
func Filename(f export.Format, r export.Request) (name, mediaType string) {
	switch {
	case IsArchive(f, r):
		return "casus-" + f.Name + ".zip", "application/zip"
	case f.Tabular:
		return "casus-" + string(r.Table) + "." + f.Extension, f.MediaType
	case f.Name == "timelinejs":
		return "casus-timeline." + f.Extension, f.MediaType
	}
	return "casus." + f.Extension, f.MediaType
}
