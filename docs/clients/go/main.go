// Command timeline prints a timeline through types that genqlient made of the query.
// Usage: go run . [http://127.0.0.1:8080/graphql]
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
	if err := run(context.Background(), graphql.NewClient(url, http.DefaultClient)); err != nil {
		fmt.Fprintln(os.Stderr, "timeline:", err)
		os.Exit(1)
	}
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
