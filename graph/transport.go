package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"casus/internal/etag"
	"casus/internal/kg"
	"casus/internal/strictjson"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// transport is GraphQL over HTTP, with GET and POST (https://graphql.github.io/graphql-over-http/draft/). Unlike
// gqlgen's transports it follows the specification for requests that are not executed: the response has no data entry,
// and its status is 4xx in application/graphql-response+json but 200 in application/json.
type transport struct {
	maxBody int64
	timeout time.Duration // how long a response may take to be written; 0 means no limit
	// revision reads the store's revision.
	revision func(context.Context) (int64, error)
}

const (
	graphqlJSON = "application/graphql-response+json"
	plainJSON   = "application/json"
)

// Supports accepts every request, so that invalid ones receive a GraphQL response, too.
func (transport) Supports(*http.Request) bool { return true }

// Do serves a request.
func (t transport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	rw := responseWriter{w: w, timeout: t.timeout, mediaType: negotiate(r.Header.Values("Accept"))}
	w.Header().Add("Vary", "Accept")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if rw.mediaType == "" {
		rw.mediaType = plainJSON
		rw.reject(http.StatusNotAcceptable, kg.Errorf(kg.BadInput,
			"responses are %s or %s; the Accept header allows neither", graphqlJSON, plainJSON))
		return
	}
	start := graphql.Now()
	params, status, err := t.read(w, r)
	if err != nil {
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", "GET, POST")
		}
		rw.reject(status, err)
		return
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}

	ctx, current, known := t.withRevision(r)
	if known && r.Method == http.MethodGet && etag.Matches(r, current) {
		etag.Set(w.Header(), current)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	operation, errs := exec.CreateOperationContext(ctx, params)
	if errs == nil && r.Method == http.MethodGet && operation.Operation.Operation != ast.Query {
		w.Header().Set("Allow", "POST")
		rw.reject(http.StatusMethodNotAllowed, kg.Errorf(kg.BadInput, "GET supports only queries"))
		return
	}
	if errs != nil {
		response := exec.DispatchError(graphql.WithOperationContext(ctx, operation), errs)
		rw.requestErrors(http.StatusBadRequest, response.Errors)
		return
	}
	respond, ctx := exec.DispatchOperation(ctx, operation)
	response := respond(ctx)
	if response == nil { // the client disconnected before the operation began
		rw.reject(http.StatusServiceUnavailable, kg.Errorf(kg.Timeout, "the request was cancelled"))
		return
	}
	switch {
	case !known || len(response.Errors) > 0:
	case r.Method == http.MethodGet:
		etag.Set(w.Header(), current)
	default:
		w.Header().Set(etag.Header, etag.Text(current))
	}
	rw.respond(response)
}

// read returns the parameters from the URL or the body. With an error it returns the status of the response.
func (t transport) read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, int, error) {
	switch r.Method {
	case http.MethodGet:
		return readURL(r)
	case http.MethodPost:
		return t.readBody(w, r)
	}
	return nil, http.StatusMethodNotAllowed, kg.Errorf(kg.BadInput,
		"method %s is not allowed: use POST, or GET for queries", r.Method)
}

func readURL(r *http.Request) (*graphql.RawParams, int, error) {
	values := r.URL.Query()
	params := &graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")}
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		if text := values.Get(name); text != "" {
			if err := decode(strings.NewReader(text), into); err != nil {
				return nil, http.StatusBadRequest, kg.Errorf(kg.BadInput, "%s: %w", name, err)
			}
		}
	}
	return requireQuery(params)
}

func (t transport) readBody(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, int, error) {
	// Browsers do not send this type to other origins without a preflight request, which prevents cross-site requests.
	contentType := r.Header.Get("Content-Type")
	mediaType, parameters, err := mime.ParseMediaType(contentType)
	charset := parameters["charset"]
	if err != nil || mediaType != plainJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, http.StatusUnsupportedMediaType, kg.Errorf(kg.BadInput,
			"content type %q is not supported: send %s in UTF-8", contentType, plainJSON)
	}
	body := r.Body
	if t.maxBody > 0 {
		body = http.MaxBytesReader(w, r.Body, t.maxBody)
	}
	params := &graphql.RawParams{}
	var tooLarge *http.MaxBytesError
	switch err := decode(body, params); {
	case errors.As(err, &tooLarge):
		return nil, http.StatusRequestEntityTooLarge, kg.Errorf(kg.LimitExceeded,
			"the request's body has more than %d bytes", tooLarge.Limit)
	case err != nil:
		return nil, http.StatusBadRequest, kg.Errorf(kg.BadInput, "the request's body: %w", err)
	}
	return requireQuery(params)
}

// requireQuery returns an error if there is neither a query nor the hash of a persisted one.
func requireQuery(p *graphql.RawParams) (*graphql.RawParams, int, error) {
	if p.Query == "" && p.Extensions["persistedQuery"] == nil {
		return nil, http.StatusBadRequest, kg.Errorf(kg.BadInput,
			`missing query: send {"query": "{ ... }"}, or ?query=...`)
	}
	strictjson.WholeNumbers(p.Variables)
	return p, 0, nil
}

// decode reads one JSON object and returns an error if anything follows it, or if decoding loses anything. Numbers keep
// their digits.
func decode(r io.Reader, into any) error {
	var text bytes.Buffer
	d := json.NewDecoder(io.TeeReader(r, &text))
	d.UseNumber()
	err := d.Decode(into)
	if err == nil {
		if _, end := d.Token(); end != io.EOF {
			err = errors.Join(errors.New("unexpected data after the JSON object"), onlyTooLarge(end))
		}
	}
	if err == nil {
		if faults := strictjson.Check(text.Bytes()); len(faults) > 0 {
			return faults[0]
		}
	}
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		if mistyped.Field == "" {
			return fmt.Errorf("expected a JSON object, found %s", mistyped.Value)
		}
		want := "an object"
		if mistyped.Type.Kind() == reflect.String {
			want = "a string"
		}
		return fmt.Errorf("%s is %s, not %s", mistyped.Field, mistyped.Value, want)
	}
	return err
}

// onlyTooLarge returns err if the body is too large, otherwise nil.
func onlyTooLarge(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return nil
}

// negotiate returns the media type that the Accept header prefers, or "" if it allows neither. It defaults to
// application/json, which old clients expect.
func negotiate(accept []string) string {
	if len(accept) == 0 {
		return plainJSON
	}
	best, bestQuality := "", 0.0
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		mediaType, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, err := strconv.ParseFloat(parameters["q"], 64); err == nil {
			quality = q
		}
		switch mediaType {
		case graphqlJSON, plainJSON:
		case "*/*", "application/*":
			mediaType = plainJSON
		default:
			continue
		}
		if quality > bestQuality {
			best, bestQuality = mediaType, quality
		}
	}
	return best
}

// responseWriter writes responses in one media type.
type responseWriter struct {
	w         http.ResponseWriter
	timeout   time.Duration
	mediaType string
}

// reject responds to an invalid HTTP request, with the same status in both media types.
func (rw responseWriter) reject(status int, err error) {
	shown := &gqlerror.Error{Message: err.Error(), Extensions: map[string]any{"code": kg.CodeOf(err)}}
	rw.write(status, errorsOnly{Errors: gqlerror.List{shown}})
}

// requestErrors responds to a well-formed request that cannot be executed.
func (rw responseWriter) requestErrors(status int, errs gqlerror.List) {
	if rw.mediaType == plainJSON {
		status = http.StatusOK
	}
	rw.write(status, errorsOnly{Errors: errs})
}

// errorsOnly is the response to a request that was not executed.
type errorsOnly struct {
	Errors gqlerror.List `json:"errors"`
}

// respond writes an operation's response. Its data is written as it is, not encoded again.
func (rw responseWriter) respond(response *graphql.Response) {
	if len(response.Extensions) > 0 || len(response.Data) == 0 {
		rw.write(http.StatusOK, response)
		return
	}
	var errs []byte
	if len(response.Errors) > 0 {
		errs = append(append([]byte(`"errors":`), encode(response.Errors)...), ',')
	}
	rw.send(http.StatusOK, []byte("{"), errs, []byte(`"data":`), response.Data, []byte("}"))
}

func (rw responseWriter) write(status int, body any) { rw.send(status, encode(body)) }

func encode(body any) []byte {
	encoded, err := json.Marshal(body)
	if err != nil { // resolvers return valid JSON
		panic(err)
	}
	return encoded
}

// send writes a response. If the client does not read it in time, the connection is closed.
func (rw responseWriter) send(status int, parts ...[]byte) {
	if rw.timeout > 0 {
		// What follows may be a test's recorder, which has no deadline.
		_ = http.NewResponseController(rw.w).SetWriteDeadline(time.Now().Add(rw.timeout))
	}
	rw.w.Header().Set("Content-Type", rw.mediaType+"; charset=utf-8")
	rw.w.WriteHeader(status)
	for _, part := range parts {
		if _, err := rw.w.Write(part); err != nil {
			return // the client has disconnected, or does not read
		}
	}
}

// revisionTime bounds the read of the revision, without which a request is answered too.
const revisionTime = time.Second

type revisionKey struct{}

// withRevision reads the store's revision for a GET, whose response clients may store, and for a POST that has the
// header of a revision, with any value. known is false for other requests, and if the revision cannot be read: the
// operation will tell why. A response is computed from that revision or a later one.
func (t transport) withRevision(r *http.Request) (ctx context.Context, revision int64, known bool) {
	ctx = r.Context()
	if r.Method != http.MethodGet && r.Header.Get(etag.Header) == "" {
		return ctx, 0, false
	}
	reading, cancel := context.WithTimeout(ctx, revisionTime)
	defer cancel()
	revision, err := t.revision(reading)
	if err != nil {
		return ctx, 0, false
	}
	return context.WithValue(ctx, revisionKey{}, revision), revision, true
}

// readRevision returns the revision that was read for a request.
func readRevision(ctx context.Context) (revision int64, known bool) {
	revision, known = ctx.Value(revisionKey{}).(int64)
	return revision, known
}
