package main

import (
	"net/http/httptest"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"casus/internal/extract/replay"
	"casus/internal/testkit/services"
)

// serveAnswers starts an endpoint with the recorded answers of a folder, whose address is $CASUS_EXTRACT_ENDPOINT:
// answers DIR FAULT...
func serveAnswers(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: answers DIR FAULT...")
	}
	var faults []replay.Fault
	for _, f := range args[1:] {
		faults = append(faults, replay.Fault(f))
	}
	handler, err := replay.New(ts.MkAbs(args[0]), faults...)
	ts.Check(err)
	s := httptest.NewServer(handler)
	ts.Defer(s.Close)
	ts.Setenv("CASUS_EXTRACT_ENDPOINT", s.URL)
}

// runningStandIns has the stand-ins of the scripts that run, by their folders.
var runningStandIns sync.Map

// serveStandIns starts a stand-in of ACLED, UCDP and GDELT, whose address is $SERVICES: services start. ACLED deletes
// an event: services delete EVENT. Its access tokens end: services end-tokens. The second request from now has no
// answer: services hang.
func serveStandIns(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: services start | delete EVENT | end-tokens | hang")
	}
	if args[0] == "start" {
		s := services.Start()
		ts.Defer(s.Close)
		ts.Setenv("SERVICES", s.URL)
		ts.Setenv("CASUS_ACLED_EMAIL", services.Email)
		ts.Setenv("CASUS_ACLED_PASSWORD", services.Password)
		ts.Setenv("CASUS_UCDP_TOKEN", services.Token)
		runningStandIns.Store(ts.Getenv("WORK"), s.Server)
		return
	}
	running, found := runningStandIns.Load(ts.Getenv("WORK"))
	if !found {
		ts.Fatalf("services start comes first")
	}
	s := running.(*services.Server)
	switch {
	case args[0] == "delete" && len(args) == 2:
		s.Change(func() { s.Delete(args[1]) })
	case args[0] == "end-tokens":
		s.Change(s.EndTokens)
	case args[0] == "hang":
		s.Misbehave(nil, services.Hang())
	default:
		ts.Fatalf("usage: services start | delete EVENT | end-tokens | hang")
	}
}
