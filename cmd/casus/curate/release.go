package curate

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// requireRelease returns a NOT_FOUND error, with the nearest release, for one that is not stored.
func requireRelease(ctx context.Context, s store.Store, id kg.ID) error {
	var ids []string
	for page, err := range store.Walk(ctx, s, kg.KindRelease, 0) {
		if err != nil {
			return err
		}
		for _, r := range page.Releases {
			if r.ID == id {
				return nil
			}
			ids = append(ids, string(r.ID))
		}
	}
	message := fmt.Sprintf("there is no %s", id)
	if nearest := text.Nearest(string(id), ids); nearest != "" {
		message += "; the nearest is " + nearest
	}
	return kg.Errorf(kg.NotFound, "%s", message)
}

func writeJSONLine(w io.Writer, v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return kg.Errorf(kg.Internal, "encode the list: %w", err)
	}
	_, err = fmt.Fprintln(w, string(line))
	return err
}
