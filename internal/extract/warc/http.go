package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"casus/internal/kg"
)

// ErrTooLong is the error of a body that exceeds its bound.
var ErrTooLong = errors.New("the body is too long")

// Body is the body of an HTTP response, or of a resource.
type Body struct {
	Status      int // 200 for a resource
	ContentType string
	Content     []byte
}

// Accept decides by status and content type whether a body is read.
type Accept func(status int, contentType string) bool

// Body returns the body of a record if accept says so, else a zero one: of a response, unpacked as its header says, or
// of a resource. Errors: ErrTooLong if it has more than limit bytes, packed or unpacked, BAD_INPUT, and those of Next.
func (rec Record) Body(limit int64, accept Accept) (body Body, err error) {
	switch {
	case rec.Type == "resource" && accept(200, rec.ContentType):
		body = Body{Status: 200, ContentType: rec.ContentType}
		body.Content, err = readAll(rec.Block, limit)
		return body, err
	case rec.Type != "response" || !strings.HasPrefix(strings.ToLower(rec.ContentType), "application/http"):
		return body, nil
	}
	head := &io.LimitedReader{R: rec.Block, N: maxHeader}
	in := bufio.NewReader(head)
	status, fields, err := readHeader(in)
	if err != nil || !accept(status, fields["content-type"]) {
		return body, err
	}
	head.N = limit + 1
	body = Body{Status: status, ContentType: fields["content-type"]}
	if body.Content, err = readAll(in, limit); err != nil {
		return body, err
	}
	body.Content, err = decode(body.Content, fields, limit)
	return body, err
}

// readHeader returns the status and the header of a response, by names in lower case. Of fields that repeat, the first
// one counts.
func readHeader(in *bufio.Reader) (status int, fields map[string]string, err error) {
	line, err := readLine(in)
	if err != nil {
		return 0, nil, err
	}
	if parts := strings.Fields(line); len(parts) > 1 && strings.HasPrefix(parts[0], "HTTP/") {
		status, _ = strconv.Atoi(parts[1]) // 0 is never accepted
	}
	fields = map[string]string{}
	for {
		if line, err = readLine(in); err != nil || line == "" {
			return status, fields, err
		}
		name, value, _ := strings.Cut(line, ":")
		if name = strings.ToLower(strings.TrimSpace(name)); fields[name] == "" {
			fields[name] = strings.TrimSpace(value)
		}
	}
}

func readLine(in *bufio.Reader) (string, error) {
	line, err := in.ReadString('\n')
	if errors.Is(err, io.EOF) {
		return "", kg.Errorf(kg.BadInput, "a response whose header does not end within %d bytes", maxHeader)
	} else if err != nil {
		return "", damaged(err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// decode unpacks a body. Many archives have the bodies unpacked and the header as it was sent, so one that is not
// packed as its header says is taken as it is.
func decode(content []byte, fields map[string]string, limit int64) ([]byte, error) {
	if strings.EqualFold(fields["transfer-encoding"], "chunked") {
		if whole, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(content))); err == nil {
			content = whole
		}
	}
	codings := strings.Split(strings.ToLower(fields["content-encoding"]), ",")
	for i := len(codings) - 1; i >= 0; i-- {
		in, err := unpacker(strings.TrimSpace(codings[i]), content)
		if in == nil || err != nil {
			continue
		}
		switch unpacked, err := readAll(in, limit); {
		case errors.Is(err, ErrTooLong):
			return nil, err
		case err == nil:
			content = unpacked
		}
	}
	return content, nil
}

// maxWindow bounds the memory for unpacking a body.
const maxWindow = 8 << 20

// unpacker returns a reader of packed content, or nil for a coding that is not one.
func unpacker(coding string, content []byte) (io.Reader, error) {
	in := bytes.NewReader(content)
	switch coding {
	case "gzip", "x-gzip":
		return gzip.NewReader(in)
	case "deflate":
		return zlib.NewReader(in)
	case "br":
		return brotli.NewReader(in), nil
	case "zstd":
		return zstd.NewReader(in, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderConcurrency(1))
	}
	return nil, nil
}

// readAll reads at most limit bytes.
func readAll(in io.Reader, limit int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(in, limit+1))
	switch {
	case err != nil:
		return nil, damaged(err)
	case int64(len(content)) > limit:
		return nil, kg.Errorf(kg.BadInput, "%w: more than %d bytes", ErrTooLong, limit)
	}
	return content, nil
}
