package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"casus/internal/kg"
)

// errDamaged reports a complete download with another checksum.
var errDamaged = errors.New("damaged")

// Download stores a file, or completes an interrupted download of the same content. A file whose checksum is
// wrong is downloaded once more from its beginning; then it is an error with the code CONFLICT, and nothing is stored.
// progress gets the number of bytes that are there.
func (c *Client) Download(ctx context.Context, r Request, f File, progress func(done int64)) error {
	err := c.downloadOnce(ctx, r, f, progress)
	if errors.Is(err, errDamaged) {
		err = c.downloadOnce(ctx, r, f, progress)
	}
	if errors.Is(err, errDamaged) {
		return kg.Errorf(kg.Conflict, "%s: %w: its checksum is not the one that the source states, MD5 %s",
			c.URL(r), err, f.MD5)
	}
	return err
}

// downloadOnce downloads what is missing of a file. It returns errDamaged, and discards what has come, if the checksum
// is wrong.
func (c *Client) downloadOnce(ctx context.Context, r Request, f File, progress func(int64)) error {
	r.prepare = func(h http.Header) {
		h.Set("Accept-Encoding", "identity") // ranges are of the file itself
		if done, etag := f.resumable(); done > 0 {
			h.Set("Range", fmt.Sprintf("bytes=%d-", done))
			if etag != "" {
				h.Set("If-Range", etag)
			}
		}
	}
	if done, _ := f.resumable(); done < f.Size {
		err := c.do(ctx, r, func(response *http.Response) error { return c.receive(ctx, r, f, response, progress) })
		if err != nil {
			return err
		}
	}
	return f.finish()
}

// receive appends a response's body to the partial file, or begins it again if the server sends all of it.
func (c *Client) receive(ctx context.Context, r Request, f File, response *http.Response, progress func(int64)) error {
	done, _ := f.resumable()
	switch response.StatusCode {
	case http.StatusOK:
		done = 0
	case http.StatusPartialContent:
		if want := fmt.Sprintf("bytes %d-", done); !strings.HasPrefix(response.Header.Get("Content-Range"), want) {
			return errors.Join(temporary(kg.Errorf(kg.Unavailable, "%s sent another part of the file than the one asked for",
				c.URL(r))), f.discard())
		}
	case http.StatusRequestedRangeNotSatisfiable:
		return errors.Join(temporary(kg.Errorf(kg.Unavailable, "%s has less of the file than came before", c.URL(r))),
			f.discard())
	default:
		return c.refusal(r, response)
	}
	if err := c.checkNoPage(r, response.Header, nil); err != nil {
		return err
	}
	if n := response.ContentLength; n >= 0 && done+n != f.Size {
		return kg.Errorf(kg.Conflict, "%s has %d bytes, not %d as its source states", c.URL(r), done+n, f.Size)
	}
	part, err := f.openPart(done, response.Header.Get("ETag"))
	if err != nil {
		return err
	}
	n, err := io.Copy(&countingWriter{part, done, progress}, io.LimitReader(response.Body, f.Size-done+1))
	if closed := errors.Join(part.Sync(), part.Close()); closed != nil {
		return kg.Errorf(kg.Internal, "cannot write %s: %w", f.part(), closed)
	}
	switch failed := (*writeError)(nil); {
	case errors.As(err, &failed):
		return kg.Errorf(kg.Internal, "cannot write %s: %w", f.part(), failed.error)
	case err != nil:
		return c.readError(ctx, r, err)
	case done+n > f.Size:
		return errors.Join(kg.Errorf(kg.LimitExceeded, "%s has more than the %d bytes that its source states", c.URL(r),
			f.Size), f.discard())
	case done+n < f.Size:
		return c.cutOff(r, io.ErrUnexpectedEOF)
	}
	return nil
}

// countingWriter writes to a file and reports how much there is. Its errors are writeErrors.
type countingWriter struct {
	file     *os.File
	done     int64
	progress func(int64)
}

// Write writes and reports.
func (w *countingWriter) Write(p []byte) (int, error) {
	n, err := w.file.Write(p)
	w.done += int64(n)
	if w.progress != nil {
		w.progress(w.done)
	}
	if err != nil {
		err = &writeError{err}
	}
	return n, err
}

// writeError tells a failure of the disk from one of the network.
type writeError struct{ error }
