package main

import (
	"archive/zip"
	"context"
	"io"

	"casus/internal/export"
)

// writeExport writes one file: a format's, or all tables of a tabular one in a zip. Half a zip has no directory, and no
// reader takes it for whole.
func writeExport(ctx context.Context, s export.Source, f export.Format, r export.Request, w io.Writer) (export.Summary, error) {
	if !f.Tabular || r.Table != "" {
		return f.Write(ctx, s, r, w)
	}
	all := export.Summary{Written: map[string]int{}}
	z := zip.NewWriter(w)
	for _, t := range export.Tables() {
		r.Table = t
		method := zip.Deflate
		if f.Name == "parquet" { // compressed as it is
			method = zip.Store
		}
		entry, err := z.CreateHeader(&zip.FileHeader{Name: string(t) + "." + f.Extension, Method: method})
		if err != nil {
			return all, err
		}
		one, err := f.Write(ctx, s, r, entry)
		if err != nil {
			return all, err
		}
		for what, n := range one.Written {
			all.Written[what] += n
		}
	}
	return all, z.Close()
}

// exportFile is what a download of an export is called, and its type.
func exportFile(f export.Format, r export.Request) (name, mediaType string) {
	switch {
	case f.Tabular && r.Table == "":
		return "casus-" + f.Name + ".zip", "application/zip"
	case f.Tabular:
		return "casus-" + string(r.Table) + "." + f.Extension, f.MediaType
	case f.Name == "timelinejs":
		return "casus-timeline." + f.Extension, f.MediaType
	}
	return "casus." + f.Extension, f.MediaType
}
