package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"casus/internal/server/access"
)

// envTokens names the variable with the lines of a token file.
const envTokens = "CASUS_TOKENS"

// accessFlags are the flags that decide who may use a server.
type accessFlags struct {
	tokenFile      string
	hosts, origins []string
	anonymousRead  bool
	insecure       bool
	allowWrites    bool
}

func (f *accessFlags) add(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.tokenFile, "token-file", "",
		"file of the tokens that clients need, one line each (default: the lines in $"+envTokens+", if any)")
	flags.BoolVar(&f.anonymousRead, "anonymous-read", false, "let clients read without a token, although there are tokens")
	flags.BoolVar(&f.allowWrites, "allow-writes", false,
		"let clients write whose tokens have the right to; without this flag, none can write")
	flags.BoolVar(&f.insecure, "insecure", false, "if there are no tokens, let other machines read all the same")
	flags.StringSliceVar(&f.hosts, "allow-host", nil,
		"names by which clients reach the server, besides IP addresses and localhost, such as casus.example.org")
	flags.StringSliceVar(&f.origins, "allow-origin", nil,
		"origins of pages that may use the server and read responses (CORS), such as https://example.org; * allows any")
}

// config returns who may use a server that listens on an address. secret is the token made for this run, or "".
func (f *accessFlags) config(listen string) (c access.Config, secret string, err error) {
	for _, host := range f.hosts {
		if err := access.CheckHostName(host); err != nil {
			return c, "", usagef("--allow-host: %w", err)
		}
	}
	tokens, err := f.tokens()
	if err != nil {
		return c, "", err
	}
	local := access.IsLoopback(listen)
	switch {
	case !tokens.Empty():
	case !local && (f.allowWrites || !f.insecure):
		hint := "`casus token new NAME --file FILE` makes a token; then add --token-file FILE"
		if !f.allowWrites {
			hint += ". --insecure lets everybody read"
		}
		return c, "", usageError{hintedError{
			fmt.Errorf("--listen %s lets other machines use the server, and it has no tokens", listen), hint,
		}}
	case f.allowWrites:
		tokens, secret = access.NewRunToken()
	}
	return access.Config{
		Tokens: tokens, AnonymousRead: f.anonymousRead, AllowWrites: f.allowWrites, Hosts: f.hosts, Origins: f.origins,
	}, secret, nil
}

// tokens reads the tokens of the file, else of the environment.
func (f *accessFlags) tokens() (tokens access.Tokens, err error) {
	if f.tokenFile != "" {
		if tokens, err = access.ReadFile(f.tokenFile); err != nil {
			return tokens, usagef("--token-file: %w", err)
		}
		return tokens, nil
	}
	if tokens, err = access.ParsePlain(os.Getenv(envTokens)); err != nil {
		return tokens, usagef("$%s: %w", envTokens, err)
	}
	return tokens, nil
}

func tokenCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "token",
		Short: "Make tokens, with which clients may use a server",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newTokenCommand())
	return c
}

func newTokenCommand() *cobra.Command {
	var write bool
	var file string
	c := &cobra.Command{
		Use:   "new NAME",
		Short: "Make a token and print it once",
		Long: `Make a random token. It is printed on the standard output, this once: give it to the client. The line
for the server's token file has its name, its right and its SHA-256 hash; it is printed on stderr,
or added to the file of --file. The server reads its token file when it starts.

Logs and metrics show the name, never the token.`,
		Example: `  casus token new notebook --file tokens
  casus serve --listen :8080 --token-file tokens`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			right := access.Read
			if write {
				right = access.Write
			}
			return newToken(args[0], right, file, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	c.Flags().BoolVar(&write, "write", false, "the token may also write, on servers with --allow-writes")
	c.Flags().StringVar(&file, "file", "", "the token file to which the line is added; it is created if missing")
	return c
}

// newToken makes a token, adds its line to a file, or prints it, and prints the token.
func newToken(name string, right access.Right, file string, stdout, stderr io.Writer) error {
	token, secret, err := access.NewToken(name, right)
	if err != nil {
		return usageError{err}
	}
	if file == "" {
		printLine(stderr, "the line for the server's token file:\n%s", token.Line())
	} else {
		if err := access.AppendFile(file, token); err != nil {
			return err
		}
		printLine(stderr, "added %s (%s) to %s", token.Name, right, file)
	}
	printLine(stderr, "the token, for the client; it is not shown again:")
	_, err = fmt.Fprintln(stdout, secret)
	return err
}
