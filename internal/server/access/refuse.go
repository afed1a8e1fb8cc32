package access

import (
	"net/http"

	"casus/internal/kg"
	"casus/internal/server/respond"
)

// challenge is the WWW-Authenticate header of a response that asks for a token (RFC 6750, section 3).
const challenge = `Bearer realm="casus"`

// refusal is a response that refuses a request.
type refusal struct {
	status  int
	code    kg.ErrorCode
	message string
}

// writer writes a refusal in the form that the clients of a route expect.
type writer func(w http.ResponseWriter, r *http.Request, why refusal)

// writePlain writes a refusal as one line of text.
func writePlain(w http.ResponseWriter, _ *http.Request, why refusal) {
	respond.Text(w, why.status, string(why.code)+": "+why.message)
}

// writeGraphQL writes a refusal as a GraphQL response.
func writeGraphQL(w http.ResponseWriter, r *http.Request, why refusal) {
	respond.GraphQLError(w, r, why.status, why.code, why.message)
}
