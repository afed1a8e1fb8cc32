package graph

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"casus/internal/kg"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// overHTTP is GraphQL over HTTP, GET and POST (https://graphql.github.io/graphql-over-http/draft/). It differs from gqlgen's
// transports in what the specification wants: an answer to a request that was never executed has no data entry, and its
// status is 4xx in application/graphql-response+json but 200 in application/json.
type overHTTP struct{ maxBody int64 }

const (
	graphqlJSON = "application/graphql-response+json"
	plainJSON   = "application/json"
)

// Supports takes every request: what is wrong with one is answered in form.
func (overHTTP) Supports(*http.Request) bool { return true }

// Do answers one request.
func (t overHTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	a := answer{w: w, mediaType: negotiate(r.Header.Values("Accept"))}
	w.Header().Add("Vary", "Accept")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if a.mediaType == "" {
		a.mediaType = plainJSON
		a.refuse(http.StatusNotAcceptable, kg.Errorf(kg.BadInput, "answers are %s or %s; the Accept header allows neither", graphqlJSON, plainJSON))
		return
	}
	start := graphql.Now()
	params, status, err := t.read(w, r)
	if err != nil {
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", "GET, POST")
		}
		a.refuse(status, err)
		return
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}

	ctx := r.Context()
	operation, errs := exec.CreateOperationContext(ctx, params)
	if errs == nil && r.Method == http.MethodGet && operation.Operation.Operation != ast.Query {
		w.Header().Set("Allow", "POST")
		a.refuse(http.StatusMethodNotAllowed, kg.Errorf(kg.BadInput, "GET only takes queries"))
		return
	}
	if errs != nil {
		response := exec.DispatchError(graphql.WithOperationContext(ctx, operation), errs)
		a.requestErrors(http.StatusBadRequest, response.Errors)
		return
	}
	respond, ctx := exec.DispatchOperation(ctx, operation)
	response := respond(ctx)
	if response == nil { // the client was gone before the operation began
		a.refuse(http.StatusServiceUnavailable, kg.Errorf(kg.Timeout, "the request was cancelled"))
		return
	}
	a.respond(response)
}

// read takes the parameters from the URL or the body; where it fails it gives the status to answer with.
func (t overHTTP) read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, int, error) {
	switch r.Method {
	case http.MethodGet:
		return readURL(r)
	case http.MethodPost:
		return t.readBody(w, r)
	}
	return nil, http.StatusMethodNotAllowed, kg.Errorf(kg.BadInput, "method %s is not taken: use POST, or GET for queries", r.Method)
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
	return checked(params)
}

func (t overHTTP) readBody(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, int, error) {
	// Browsers do not send this type to other origins unasked, so a page elsewhere cannot make its visitors' browsers ask.
	contentType := r.Header.Get("Content-Type")
	mediaType, parameters, err := mime.ParseMediaType(contentType)
	if charset := parameters["charset"]; err != nil || mediaType != plainJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, http.StatusUnsupportedMediaType, kg.Errorf(kg.BadInput, "content type %q is not taken: send %s in UTF-8", contentType, plainJSON)
	}
	body := r.Body
	if t.maxBody > 0 {
		body = http.MaxBytesReader(w, r.Body, t.maxBody)
	}
	params := &graphql.RawParams{}
	var tooLarge *http.MaxBytesError
	switch err := decode(body, params); {
	case errors.As(err, &tooLarge):
		return nil, http.StatusRequestEntityTooLarge, kg.Errorf(kg.LimitExceeded, "the request's body has more than %d bytes", tooLarge.Limit)
	case err != nil:
		return nil, http.StatusBadRequest, kg.Errorf(kg.BadInput, "the request's body: %w", err)
	}
	return checked(params)
}

// checked wants a query, or extensions that name a persisted one.
func checked(p *graphql.RawParams) (*graphql.RawParams, int, error) {
	if p.Query == "" && p.Extensions["persistedQuery"] == nil {
		return nil, http.StatusBadRequest, kg.Errorf(kg.BadInput, `there is no query: send {"query": "{ ... }"}, or ?query=...`)
	}
	return p, 0, nil
}

// decode reads one JSON object and nothing after it. Numbers keep their digits.
func decode(r io.Reader, into any) error {
	d := json.NewDecoder(r)
	d.UseNumber()
	err := d.Decode(into)
	if err == nil {
		if _, end := d.Token(); end != io.EOF {
			err = errors.Join(errors.New("there is more after the JSON object"), onlyTooLarge(end))
		}
	}
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		if mistyped.Field == "" {
			return fmt.Errorf("%s found where a JSON object is wanted", mistyped.Value)
		}
		return fmt.Errorf("%s is %s, not %s", mistyped.Field, mistyped.Value, map[bool]string{true: "a string", false: "an object"}[mistyped.Type.Kind().String() == "string"])
	}
	return err
}

func onlyTooLarge(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return nil
}

// negotiate picks the media type that the Accept header likes best; "" where it allows neither. Without a wish, and for
// old clients, it is application/json.
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

// answer writes in one media type.
type answer struct {
	w         http.ResponseWriter
	mediaType string
}

// refuse answers a request that is wrong as HTTP, with the same status in both media types.
func (a answer) refuse(status int, err error) {
	shown := &gqlerror.Error{Message: err.Error(), Extensions: map[string]any{"code": kg.CodeOf(err)}}
	a.write(status, withoutData{Errors: gqlerror.List{shown}})
}

// requestErrors answers a well-formed request that cannot be executed.
func (a answer) requestErrors(status int, errs gqlerror.List) {
	if a.mediaType == plainJSON {
		status = http.StatusOK
	}
	a.write(status, withoutData{Errors: errs})
}

// withoutData is the answer to a request that was not executed.
type withoutData struct {
	Errors gqlerror.List `json:"errors"`
}

// respond writes what an operation was answered with. Data without errors are not read again to be put into an object.
func (a answer) respond(response *graphql.Response) {
	if len(response.Errors) > 0 || len(response.Extensions) > 0 || len(response.Data) == 0 {
		a.write(http.StatusOK, response)
		return
	}
	a.send(http.StatusOK, []byte(`{"data":`), response.Data, []byte("}"))
}

func (a answer) write(status int, body any) {
	encoded, err := json.Marshal(body)
	if err != nil { // what resolvers gave is JSON already
		panic(err)
	}
	a.send(status, encoded)
}

func (a answer) send(status int, parts ...[]byte) {
	a.w.Header().Set("Content-Type", a.mediaType+"; charset=utf-8")
	a.w.WriteHeader(status)
	for _, part := range parts {
		_, _ = a.w.Write(part) // the client may be gone
	}
}
