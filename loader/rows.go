package loader

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"casus/internal/kg"
	"casus/loader/mapping"
	"casus/loader/table"
)

// stretchRows is how many rows are mapped and loaded together, which bounds the memory that a load needs.
const stretchRows = 5000

// rowsBatchSize is how many nodes and claims one transaction takes where Options does not say: rows are small and many.
const rowsBatchSize = 5000

// LoadRows loads tables, or rows of JSON, as a mapping says. Rows may refer to one another within some thousands of rows,
// and to what the store holds. A row that cannot be read or mapped is a reject; those that can are loaded as Load does.
// A load that was interrupted goes on after the last rows that it had loaded.
func LoadRows(ctx context.Context, store Store, m *mapping.Mapping, inputs []Input, opt Options) (Report, error) {
	if opt.Progress == nil {
		opt.Progress = func(Progress) {}
	}
	if opt.BatchSize <= 0 {
		opt.BatchSize = rowsBatchSize
	}
	r := &rows{store: store, mapping: m, options: opt, report: newReport()}
	if err := r.begin(ctx); err != nil {
		return r.report, err
	}
	for _, in := range inputs {
		if err := r.input(ctx, in); err != nil {
			return r.report, err
		}
	}
	return r.report, nil
}

// Release names the dataset release that rows belong to.
type Release struct {
	Dataset, Release string
	ReleasedAt       *kg.Time
}

// begin makes the release that the rows belong to, if it has a name.
func (r *rows) begin(ctx context.Context) error {
	rel := r.options.Release
	if rel == nil {
		return nil
	}
	record := kg.Release{ID: kg.DeriveID(kg.KindRelease, rel.Dataset, rel.Release), Name: rel.Dataset, Release: rel.Release, ReleasedAt: rel.ReleasedAt}
	r.mapping.Release = record.ID
	applied, err := r.store.Apply(ctx, kg.Batch{Releases: []kg.Release{record}})
	r.report.applied(applied, len(applied.Added)+len(applied.Changed)+len(applied.Unchanged))
	return err
}

// rows is one LoadRows under way.
type rows struct {
	store   Store
	mapping *mapping.Mapping
	options Options
	report  Report
}

// reached is how far the rows of one file have come, as it is stored after each stretch.
type reached struct {
	Rows   int    `json:"rows"`
	Hash   string `json:"hash"` // of all rows so far
	Report Report `json:"report"`
}

// input loads one file.
func (r *rows) input(ctx context.Context, in Input) (err error) {
	reader, err := openTable(in, r.mapping)
	if err != nil {
		return err
	}
	defer func() {
		if e := reader.Close(); e != nil && err == nil {
			err = kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, e)
		}
	}()
	key := r.key(in.Name)
	before, err := r.resume(ctx, key)
	if err != nil {
		return err
	}
	hash := sha256.New()
	var stretch []readRecord
	read := 0
	load := func() error {
		if read <= before.Rows { // it was loaded before
			stretch = nil
			if read == before.Rows && hex.EncodeToString(hash.Sum(nil)) == before.Hash {
				r.report.Add(before.Report)
				r.report.Resumed = true
			} else if read == before.Rows {
				return kg.Errorf(kg.Conflict, "%s has changed since its load was interrupted: load it under another name, or as it was", in.Name)
			}
			return nil
		}
		err := r.stretch(ctx, key, stretch, reached{read, hex.EncodeToString(hash.Sum(nil)), Report{}})
		stretch = nil
		r.options.Progress(Progress{"loading " + in.Name, int64(read), 0})
		return err
	}
	for {
		row, err := reader.Next()
		var fault *table.Fault
		switch {
		case errors.Is(err, io.EOF):
			if err := load(); err != nil {
				return err
			}
			_, err := r.store.Apply(ctx, kg.Batch{Checkpoint: &kg.Checkpoint{Key: key}})
			return err
		case errors.As(err, &fault):
			stretch = append(stretch, readRecord{raw{file: in.Name, line: fault.Line, row: fault.Raw}, &Reject{Pointer: fault.Column, Reason: fault.Reason}})
		case err != nil:
			return err
		default:
			stretch = append(stretch, r.mapped(in.Name, row)...)
		}
		_, _ = fmt.Fprintf(hash, "%d:%s", len(row.Raw), row.Raw) // a hash takes everything
		if read++; read%stretchRows == 0 {
			if err := load(); err != nil {
				return err
			}
		}
	}
}

// openTable opens a file as a mapping says its rows are written.
func openTable(in Input, m *mapping.Mapping) (*table.Reader, error) {
	f, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	return table.Open(plainName(in.Name), f, m.Options())
}

// mapped gives the records that a row yields, or why it yields none.
func (r *rows) mapped(file string, row table.Row) []readRecord {
	records, err := r.mapping.Map(row.Values)
	if err != nil {
		reject := Reject{Reason: err.Error()}
		if fault := (*mapping.Fault)(nil); errors.As(err, &fault) {
			reject = Reject{Pointer: fault.Place, Reason: fault.Err.Error()}
		}
		return []readRecord{{raw{file: file, line: row.Line, row: row.Raw}, &reject}}
	}
	if len(records) == 0 {
		return []readRecord{{raw{file: file, line: row.Line, row: row.Raw}, &Reject{Reason: "the mapping makes nothing of this row"}}}
	}
	all := make([]readRecord, len(records))
	for i, record := range records {
		all[i] = readRecord{raw: raw{file: file, line: row.Line, typ: record.Type, json: record.JSON, row: row.Raw}}
	}
	return all
}

// stretch loads some rows' records, and then tells the store how far the file has come.
func (r *rows) stretch(ctx context.Context, key string, records []readRecord, at reached) error {
	opt := r.options
	opt.Progress = func(Progress) {}
	if opt.MaxRejects > 0 {
		opt.MaxRejects = max(1, opt.MaxRejects-r.report.Rejected)
	}
	report, err := loadRecords(ctx, r.store, fmt.Sprintf("%s:%d", key, at.Rows), records, opt)
	r.report.Add(report)
	if err != nil {
		return err
	}
	at.Report = r.report
	value, err := json.Marshal(at)
	if err != nil {
		return kg.Errorf(kg.Internal, "write a checkpoint: %w", err)
	}
	_, err = r.store.Apply(ctx, kg.Batch{Checkpoint: &kg.Checkpoint{Key: key, Value: string(value)}})
	return err
}

// key names the load of a file to the store's checkpoints.
func (r *rows) key(file string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n%t %v", file, r.mapping.Name, r.mapping.Release, r.options.KeepText, r.options.Published))
	return "rows:" + hex.EncodeToString(sum[:16])
}

func (r *rows) resume(ctx context.Context, key string) (at reached, err error) {
	value, err := r.store.Checkpoint(ctx, key)
	if err != nil || value == "" {
		return at, err
	}
	if err := json.Unmarshal([]byte(value), &at); err != nil {
		return at, kg.Errorf(kg.Internal, "the checkpoint of an interrupted load cannot be read: %w", err)
	}
	return at, nil
}
