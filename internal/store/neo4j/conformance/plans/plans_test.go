package plans_test

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/store/neo4j/conformance"
	"casus/internal/store/storetest/plans"
	neo4jtest "casus/internal/testkit/neo4j"
	"casus/internal/testkit/seeds"
)

// TestPlans explains statements after the statistics of the database have been brought up to date. It takes minutes.
func TestPlans(t *testing.T) {
	seeds.SkipUnselected(t)
	uri := neo4jtest.NewKeeping(t, "Migration")
	s := conformance.Open(t, uri)
	server, err := driver.NewDriverWithContext(uri, driver.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close(context.Background()) }) // nothing is read afterwards
	e := explainer{server, indexes(t, server)}
	plans.Test(t, plans.Engine{
		Store: s, Oracle: conformance.Oracle(t), Package: "casus/internal/store/neo4j", Slow: true,
		Helpers: []string{"Store.query", "Store.stream", "collect", "find", "tx.forEach", "builder.query",
			"builder.stream", "builder.streamChunks", "storedRecords"},
		Analyze: e.analyze, Explain: e.scans,
	}, "scans.txt")
}

// explainer explains statements with connections of its own.
type explainer struct {
	server driver.DriverWithContext
	// indexes maps a label with its properties, such as Label(first, second), to the name of its index.
	indexes map[string]string
}

func indexes(t *testing.T, server driver.DriverWithContext) map[string]string {
	t.Helper()
	const list = "SHOW INDEXES YIELD name, labelsOrTypes, properties WHERE size(labelsOrTypes) = 1" +
		" RETURN name, labelsOrTypes[0] AS label, properties"
	result, err := driver.ExecuteQuery(t.Context(), server, list, nil, driver.EagerResultTransformer)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, r := range result.Records {
		row := r.AsMap()
		var properties []string
		for _, p := range row["properties"].([]any) {
			properties = append(properties, p.(string))
		}
		names[fmt.Sprintf("%s(%s)", row["label"], strings.Join(properties, ", "))] = row["name"].(string)
	}
	return names
}

func (e explainer) run(ctx context.Context, statement string, params map[string]any) (driver.ResultSummary, error) {
	session := e.server.NewSession(ctx, driver.SessionConfig{})
	defer func() { _ = session.Close(ctx) }() // the result reports errors
	result, err := session.Run(ctx, statement, params)
	if err != nil {
		return nil, err
	}
	return result.Consume(ctx)
}

func (e explainer) analyze(ctx context.Context) error {
	for _, statement := range []string{
		"CALL db.awaitIndexes(300)", "CALL db.prepareForReplanning(300)",
	} {
		if _, err := e.run(ctx, statement, nil); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

func (e explainer) scans(ctx context.Context, statement string, params any) ([]plans.Scan, error) {
	explain := "EXPLAIN " + statement
	if options, ok := strings.CutPrefix(statement, "CYPHER "); ok {
		explain = "CYPHER " + strings.Replace(options, " ", " EXPLAIN ", 1)
	}
	values, _ := params.(map[string]any)
	summary, err := e.run(ctx, explain, values)
	if err != nil || summary.Plan() == nil {
		return nil, err
	}
	return e.scansOf(summary.Plan(), place{}, nil), nil
}

// bounded are the labels whose nodes do not grow in number with the graph.
var bounded = []string{"Migration", "_ClassLock", "_ClassVersion", "_ChangeLog", "_Change"}

// fullScan matches the operators that read all nodes, relationships or entries of an index.
var fullScan = regexp.MustCompile(`^(AllNodesScan|\w*NodeByLabels?Scan|NodeIndex(Contains|EndsWith)?Scan|` +
	`(Und|D)irected\w*Scan)$`)

// target finds in the details of an operator the label, type or index that it reads.
var target = regexp.MustCompile(`:([\w|&!]+(?:\(\w+(?:, \w+)*\))?)`)

// place is where an operator stands in a plan: nested if it runs for each row of another, and limited if it stops when
// enough rows are found.
type place struct{ nested, limited bool }

// scansOf appends the scans of a plan. Operators have Neo4j's names, with two exceptions:
//
//	WALK     reads an index until a LIMIT is reached
//	NESTED-  before an operator that runs for each row of another
func (e explainer) scansOf(p driver.Plan, at place, scans []plans.Scan) []plans.Scan {
	operator, _, _ := strings.Cut(p.Operator(), "@")
	details, _ := p.Arguments()["Details"].(string)
	children := p.Children()
	switch {
	case fullScan.MatchString(operator):
		name := details
		if m := target.FindStringSubmatch(details); m != nil {
			name = cmp.Or(e.indexes[m[1]], m[1])
		}
		if slices.Contains(bounded, name) {
			break
		}
		switch {
		case at.nested:
			operator = "NESTED-" + operator
		case at.limited && operator == "NodeIndexScan":
			operator = "WALK"
		}
		scans = append(scans, plans.Scan{Operator: operator, Target: name})
	case operator == "CartesianProduct" && !slices.ContainsFunc(children, oneRow):
		scans = append(scans, plans.Scan{Operator: operator, Target: "-"})
	case strings.HasPrefix(operator, "Limit"), strings.HasPrefix(operator, "PartialTop"):
		at.limited = true
	case operator == "Sort", operator == "Top", strings.HasPrefix(operator, "Eager"):
		at.limited = false
	}
	for i, child := range children {
		below := at
		if i == 1 && strings.Contains(operator, "Apply") && !oneRow(children[0]) {
			below.nested = true
		}
		scans = e.scansOf(child, below, scans)
	}
	return scans
}

// oneRow reports whether the planner expects at most one row of a plan.
func oneRow(p driver.Plan) bool {
	rows, ok := p.Arguments()["EstimatedRows"].(float64)
	return ok && rows <= 1
}
