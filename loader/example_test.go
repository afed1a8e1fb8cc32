package loader_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"casus/internal/store/memory"
	"casus/loader"
)

// A record with a fault is rejected with its place; all others are loaded.
func ExampleLoad() {
	const records = `{"type": "document", "id": "document:daily-1", "titles": ["At the pier"], "publishedAt": "2025-03-02"}
{"type": "event", "document": "document:daily-1", "titles": ["Strike"], "category": "ASSAULT", "time": "2025-03-01"}
{"type": "event", "document": "document:daily-1", "titles": ["Talks"], "category": "CONSULT", "time": "2025-13-03"}
`
	files := fstest.MapFS{"report.jsonl": {Data: []byte(records)}}
	inputs := loader.FS(files, []string{"report.jsonl"})
	report, err := loader.Load(context.Background(), memory.New(), inputs, loader.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Read, "read,", report.Applied, "applied,", report.Rejected, "rejected")
	for _, r := range report.FirstRejects {
		fmt.Printf("%s:%d %s\n", r.File, r.Line, r.Reason)
	}
	// Output:
	// 3 read, 2 applied, 1 rejected
	// report.jsonl:3 EDTF "2025-13-03": month 13 is not 01..12; did you mean "2025-03-13"?
}
