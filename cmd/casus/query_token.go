package main

import (
	"fmt"
	"io"
	"os"

	"casus/internal/client"
)

// envToken names the variable with the token for a server. There is no flag for the token itself, because other users
// of the machine can read command lines.
const envToken = "CASUS_TOKEN"

// maxTokenFile bounds how much of a token file is read. A longer one is not a token.
const maxTokenFile = 64 << 10

// readToken returns the token of --token-file, else of the environment, else "".
func (q queryRun) readToken() (client.Token, error) {
	if q.tokenFile == "" {
		token, err := client.ParseToken(os.Getenv(envToken))
		if err != nil {
			return "", usagef("$%s: %w", envToken, err)
		}
		return token, nil
	}
	text, err := readStart(q.tokenFile, maxTokenFile)
	if err != nil {
		return "", fmt.Errorf("--token-file: %w", err)
	}
	token, err := client.ParseToken(text)
	switch {
	case err != nil:
		return "", usagef("--token-file %s: %w", q.tokenFile, err)
	case token == "":
		return "", usagef("--token-file %s is empty", q.tokenFile)
	}
	return token, nil
}

// readStart returns the first bytes of a file, at most limit.
func readStart(file string, limit int64) (text string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // nothing was written
	b, err := io.ReadAll(io.LimitReader(f, limit))
	return string(b), err
}
