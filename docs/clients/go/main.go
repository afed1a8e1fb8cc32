// Command timeline prints a timeline through types that genqlient made of the query.
// Usage: go run . [http://127.0.0.1:8080/graphql]. CASUS_TOKEN holds the token, if the server needs one.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"github.com/Khan/genqlient/graphql"
)

//go:generate go tool genqlient

func main() {
	url := "http://127.0.0.1:8080/graphql"
	if len(os.Args) > 1 {
		url = os.Args[1]
	}
	client := graphql.NewClient(url, bearer{os.Getenv("CASUS_TOKEN")})
	if err := run(context.Background(), client); err != nil {
		fmt.Fprintln(os.Stderr, "timeline:", err)
		os.Exit(1)
	}
}

// bearer sends a token with each request. It sets the header of the request, and not in a RoundTripper, which would set
// it for other hosts too, after a redirect.
type bearer struct{ token string }

func (b bearer) Do(r *http.Request) (*http.Response, error) {
	if b.token != "" {
		r.Header.Set("Authorization", "Bearer "+b.token)
	}
	return http.DefaultClient.Do(r)
}

func run(ctx context.Context, client graphql.Client) error {
	from := "2025-12"
	filter := &EventFilter{Time: &TimeRange{From: &from}}
	n := 0
	for after := (*string)(nil); ; {
		page, err := Timeline(ctx, client, filter, after)
		if err != nil {
			return err
		}
		for _, e := range page.Timeline.Nodes {
			if n++; n <= 10 {
				fmt.Printf("%-28s %-12s %s\n", e.Time.Edtf, e.Status, e.Title)
			}
		}
		if !page.Timeline.PageInfo.HasNextPage {
			break
		}
		after = page.Timeline.PageInfo.EndCursor
	}
	fmt.Printf("%d events\n", n)
	return nil
}
