package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"casus": main})
}

// TestScripts runs testdata/script: the command as a user runs it, in an empty folder, with no store in the
// environment.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("CASUS_UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exitcode": exitCode,
			"signal":   sendSignal,
			"sql":      execSQL,
			"services": serveStandIns, "answers": serveAnswers,
			"wacz": zipFolder, "pdf": makePDF,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv(envStore, "")
			env.Setenv(envTokens, "")
			return nil
		},
	})
}
