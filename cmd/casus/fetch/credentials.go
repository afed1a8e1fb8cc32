package fetch

import (
	"bufio"
	"context"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"casus/internal/fetch/acled"
	"casus/internal/fetch/secret"
	"casus/internal/kg"
	"casus/internal/terminal"
)

// The variables with credentials. There are no flags for them, because other users of the machine can read command
// lines.
const (
	envEmail    = "CASUS_ACLED_EMAIL"
	envPassword = "CASUS_ACLED_PASSWORD"
	envToken    = "CASUS_UCDP_TOKEN"
)

// login returns ACLED's credentials from the environment, or asks for them on a terminal.
func (t *target) login(ctx context.Context) (c acled.Credentials, err error) {
	c = acled.Credentials{Email: os.Getenv(envEmail), Password: secret.Secret(os.Getenv(envPassword))}
	if c.Email != "" && c.Password != "" {
		return c, nil
	}
	if !terminal.Is(t.stdin) {
		return c, t.Hint(kg.Errorf(kg.Unauthenticated, "%w: there are no credentials", acled.ErrNoLogin),
			"set $"+envEmail+" and $"+envPassword+", or run the command on a terminal, which asks for them")
	}
	t.warn("Log in to ACLED with a myACLED account.")
	if c.Email == "" {
		if c.Email, err = t.askLine("E-mail: "); err != nil {
			return c, err
		}
	}
	c.Password, err = t.askSecret(ctx, "Password (not shown): ")
	return c, err
}

// ucdpToken returns the token of a file, else of the environment, or asks for it on a terminal.
func (t *target) ucdpToken(ctx context.Context, path string) (token secret.Secret, err error) {
	switch text := os.Getenv(envToken); {
	case path != "":
		token, tightened, err := secret.ReadToken(path)
		if tightened {
			t.warn("%s could be read by others; now only its owner can", path)
		}
		return token, err
	case text != "":
		if token, err = secret.ParseToken(text); err != nil {
			return "", t.Usage("$%s: %w", envToken, err)
		}
		return token, nil
	case !terminal.Is(t.stdin):
		return "", t.Hint(kg.Errorf(kg.Unauthenticated, "UCDP's API requires a token"),
			"set $"+envToken+", or name its file with --token-file; https://ucdp.uu.se/apidocs tells how to get one")
	}
	text, err := t.askSecret(ctx, "UCDP's token (not shown): ")
	if err != nil {
		return "", err
	}
	return secret.ParseToken(text.Reveal())
}

// askLine asks for a line on the terminal.
func (t *target) askLine(question string) (string, error) {
	_, _ = io.WriteString(t.stderr, question) // a failure shows in the answer
	// An interrupt ends the read.
	line, err := bufio.NewReader(io.LimitReader(t.stdin, 4<<10)).ReadString('\n')
	if err != nil {
		return "", kg.Errorf(kg.BadInput, "no answer: %w", err)
	}
	return strings.TrimSpace(line), nil
}

// askSecret asks for a secret on the terminal, which does not show it. An interrupt restores the terminal.
func (t *target) askSecret(ctx context.Context, question string) (secret.Secret, error) {
	f, ok := t.stdin.(interface{ Fd() uintptr })
	if !ok {
		return "", kg.Errorf(kg.Unauthenticated, "the standard input is not a terminal")
	}
	fd := int(f.Fd())
	state, err := term.GetState(fd)
	if err != nil {
		return "", kg.Errorf(kg.Internal, "the terminal: %w", err)
	}
	_, _ = io.WriteString(t.stderr, question) // a failure shows when nothing is answered
	type answer struct {
		text []byte
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		answered <- answer{text, err}
	}()
	select {
	case <-ctx.Done():
		_ = term.Restore(fd, state) // the command ends anyway
		_, _ = io.WriteString(t.stderr, "\n")
		return "", kg.Errorf(kg.Timeout, "waiting for an answer: %w", ctx.Err())
	case a := <-answered:
		_, _ = io.WriteString(t.stderr, "\n")
		if a.err != nil {
			return "", kg.Errorf(kg.BadInput, "no answer: %w", a.err)
		}
		return secret.Secret(strings.TrimRight(string(a.text), "\r\n")), nil
	}
}
