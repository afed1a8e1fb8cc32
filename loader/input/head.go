package input

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"casus/internal/kg"
	"casus/loader/table"
)

const (
	headSize = 64 << 10
	// maxHeadSize is the size of a head whose first line is longer than headSize.
	maxHeadSize = 8 << 20
)

// Head is the beginning of an input's text.
type Head struct {
	name string
	// Text is UTF-8, without a byte order mark.
	Text []byte
	// All is set if the input has no more text.
	All bool
}

// Head returns the first 64 KiB of an input's text, or its first line if that is longer. The input can still be read
// from its start.
func (in *Input) Head() (h Head, err error) {
	f, err := in.Open()
	if err != nil {
		return h, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	if !in.ReadOnce {
		defer func() { err = errors.Join(err, f.Close()) }()
		return in.decodeHead(f)
	}
	buffered := bufio.NewReaderSize(f, headSize)
	size := headSize
	start, err := buffered.Peek(size)
	if err == nil && !bytes.ContainsAny(start, "\r\n") {
		buffered = bufio.NewReaderSize(buffered, maxHeadSize)
		start, err = buffered.Peek(maxHeadSize)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return h, errors.Join(kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err), f.Close())
	}
	open, used := in.Open, false
	in.Open = func() (io.ReadCloser, error) { // the first call returns the reader whose head was peeked
		if used {
			return open()
		}
		used = true
		return chainedCloser{io.NopCloser(buffered), f}, nil
	}
	return in.decodeHead(bytes.NewReader(start))
}

// decodeHead reads the head from the start of a file.
func (in *Input) decodeHead(f io.Reader) (Head, error) {
	h := Head{name: UncompressedName(in.Name)}
	buffered := bufio.NewReader(f)
	start, _ := buffered.Peek(1024) // the error comes again
	if err := CheckSignature(h.name, start); err != nil {
		return h, err
	}
	decoded, err := table.Decode(in.Name, buffered, in.Encoding)
	if err != nil {
		return h, err
	}
	for limit := headSize; ; limit = maxHeadSize {
		more, err := io.ReadAll(io.LimitReader(decoded, int64(limit-len(h.Text))))
		h.Text = append(h.Text, more...)
		if err != nil {
			return h, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
		}
		if h.All = len(h.Text) < limit; h.All || limit == maxHeadSize || bytes.ContainsAny(h.Text, "\r\n") {
			return h, checkMarkup(in.Name, h.Text)
		}
	}
}

// Table returns a reader of the rows that begin in the head.
func (h Head) Table(o table.Options) (*table.Reader, error) {
	o.Encoding = "" // it is UTF-8
	return table.Open(h.name, io.NopCloser(bytes.NewReader(h.Text)), o)
}
