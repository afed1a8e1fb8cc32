package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"casus/internal/kg"
	"casus/loader"
	"casus/loader/input"
)

// sniffLength is how many bytes decide whether an input is text; http.DetectContentType looks at no more.
const sniffLength = 512

// textInputs returns inputs that fail to open if they are binary. The contents of a binary file would otherwise be
// reported as columns, names or queries, and end up on the terminal.
func textInputs(inputs []loader.Input) []loader.Input {
	for i := range inputs {
		name, open := inputs[i].Name, inputs[i].Open
		inputs[i].Open = func() (io.ReadCloser, error) {
			f, err := open()
			if err != nil {
				return nil, err
			}
			buffered := bufio.NewReader(f)
			head, err := buffered.Peek(sniffLength)
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, errors.Join(err, f.Close())
			}
			if err := checkText(name, head); err != nil {
				return nil, errors.Join(err, f.Close())
			}
			return textFile{buffered, f}, nil
		}
	}
	return inputs
}

// textFile reads through a buffer and closes the file below it.
type textFile struct {
	io.Reader
	io.Closer
}

// checkText returns an error with the code BAD_INPUT if content, or the beginning of it, is binary. UTF-16 is text.
func checkText(name string, content []byte) error {
	content = content[:min(len(content), sniffLength)]
	if err := input.CheckSignature(name, content); err != nil {
		return err
	}
	if !isBinary(content) {
		return nil
	}
	kind, _, _ := strings.Cut(http.DetectContentType(content), ";")
	switch kind {
	case "application/octet-stream", "text/plain":
		return kg.Errorf(kg.BadInput, "%s is a binary file, not text", name)
	}
	return kg.Errorf(kg.BadInput, "%s is a binary file (%s), not text", name, kind)
}

// isBinary reports whether content has many control characters, zero bytes among them, or begins like a PDF file. Real
// tables have a few control characters; rows with zero bytes are rejected later.
func isBinary(content []byte) bool {
	if bytes.HasPrefix(content, []byte("%PDF-")) {
		return true
	}
	if bytes.HasPrefix(content, []byte("\xff\xfe\x00\x00")) || bytes.HasPrefix(content, []byte("\x00\x00\xfe\xff")) {
		return false // UTF-32
	}
	var zeros [2]int // at even and at odd positions
	controls := 0
	for i, b := range content {
		switch {
		case b == 0:
			zeros[i%2]++
		case b < ' ' && !strings.ContainsRune("\t\n\f\r\x1b", rune(b)):
			controls++
		}
	}
	// In UTF-16 one byte of each ASCII character is zero, always the same one.
	isUTF16 := min(zeros[0], zeros[1]) == 0 && max(zeros[0], zeros[1]) >= len(content)/8
	if isUTF16 && max(zeros[0], zeros[1]) > 0 {
		return controls > len(content)/32
	}
	return controls+zeros[0]+zeros[1] > len(content)/32
}
