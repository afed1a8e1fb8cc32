package access

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"casus/internal/kg"
)

func TestParse(t *testing.T) {
	const digits = readerHash
	other := strings.Repeat("0", 64)
	for _, c := range []struct {
		name, text    string
		hashed, plain string // parts of the errors, or ""
		tokens        int
		same          bool
	}{
		{"nothing", "", "", "", 0, true},
		{"comments", "# a:b\n\n  \t\n#", "", "", 0, true},
		{"two", lines, "", "", 2, true},
		{"spaces and CRLF", "  a:read:sha256:" + digits + " \r\nb:write:sha256:" + other, "", "", 2, true},
		{"capital digits", "a:read:sha256:" + strings.ToUpper(digits), "", "", 1, true},
		{"a name twice", lines + "reader:write:sha256:" + other, "line 3: there is another token named reader", "", 0, true},
		{"a token twice", "a:read:sha256:" + digits + "\nb:read:sha256:" + digits,
			"line 2: b has the same token as a", "", 0, true},
		{"a right that is none", "#\na:admin:sha256:" + digits,
			"line 2: the right of a is neither read nor write", "", 0, true},
		{"a short hash", "a:read:sha256:" + digits[2:], "line 1: the hash of a", "", 0, true},
		{"a long hash", "a:read:sha256:" + digits + "00", "line 1: the hash of a", "", 0, true},
		{"no hash", "a:read:sha256:", "line 1: the hash of a", "", 0, true},
		{"no secret", "a:read:", "line 1: expected NAME:read:sha256:HASH", "", 0, true},
		{"no right", "a", "line 1: expected", "", 0, true},
		{"no name", ":read:sha256:" + digits, "line 1: the name", "", 0, true},
		{"a name with a space", "a b:read:sha256:" + digits, `line 1: the name "a b"`, "", 0, true},
		{"a long name", strings.Repeat("a", 65) + ":read:sha256:" + digits, "line 1: the name", "", 0, true},
		{"a token", "a:read:plain-0123456789", "line 1: a token file has the hash of a token, not the token itself: " +
			"`casus token new a`", "", 1, false},
		{"a short token", "a:read:short", "line 1: a token file has the hash", "line 1: a token has 16 to 256", 0, false},
		{"a token with a space", "a:read:plain 0123456789", "line 1: a token file", "line 1: a token has 16", 0, false},
		{"too much", strings.Repeat("#\n", 200_000), "more than 262144 bytes", "", 0, true},
		{"too many", manyTokens(1001), "line 1001: there are more than 1000 tokens", "", 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			check := func(got Tokens, err error, want string) {
				t.Helper()
				switch {
				case want == "" && (err != nil || len(got.list) != c.tokens):
					t.Errorf("%d tokens, want %d: %v", len(got.list), c.tokens, err)
				case want != "" && (err == nil || !strings.Contains(err.Error(), want) || kg.CodeOf(err) != kg.BadInput):
					t.Errorf("%v, want %q", err, want)
				case err != nil && strings.Contains(err.Error(), "0123456789"):
					t.Errorf("the error shows the token: %v", err)
				}
			}
			hashed, err := ParseHashed(c.text)
			check(hashed, err, c.hashed)
			plain, err := ParsePlain(c.text)
			if c.same {
				c.plain = c.hashed
			}
			check(plain, err, c.plain)
		})
	}
}

func manyTokens(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "n%d:read:sha256:%064x\n", i, i)
	}
	return b.String()
}

func TestNewToken(t *testing.T) {
	token, secret, err := NewToken("a", Write)
	if err != nil || !regexp.MustCompile(`^casus_[A-Za-z0-9_-]{43}$`).MatchString(secret) {
		t.Fatalf("%q %v", secret, err)
	}
	sum := sha256.Sum256([]byte(secret))
	if want := "a:write:sha256:" + hex.EncodeToString(sum[:]); token.Line() != want {
		t.Errorf("%s, want %s", token.Line(), want)
	}
	if _, again, _ := NewToken("a", Write); again == secret {
		t.Error("two tokens are equal")
	}
	for _, name := range []string{"", "a:b", "a b", "#a", "-a", strings.Repeat("a", 65), "ä"} {
		if _, _, err := NewToken(name, Read); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("the name %q: %v", name, err)
		}
	}
	all, secret := NewRunToken()
	if found, ok := all.find(secret); !ok || found.Right != Write || found.Name != "local" {
		t.Errorf("the token of a run: %v", found)
	}
}

func TestTokenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	if _, err := ReadFile(path); !os.IsNotExist(err) {
		t.Errorf("a file that does not exist: %v", err)
	}
	a, secretA, _ := NewToken("a", Read)
	b, secretB, _ := NewToken("b", Write)
	for _, token := range []Token{a, b} {
		if err := AppendFile(path, token); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the file: %v %v", info, err)
		}
	}
	if text, _ := os.ReadFile(path); string(text) != a.Line()+"\n"+b.Line()+"\n" {
		t.Errorf("the file: %s", text)
	}
	all, err := ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for secret, want := range map[string]Token{secretA: a, secretB: b} {
		if got, ok := all.find(secret); !ok || got != want {
			t.Errorf("%v, want %v", got, want)
		}
	}
	if err := AppendFile(path, a); kg.CodeOf(err) != kg.Conflict {
		t.Errorf("a name twice: %v", err)
	}
	// A file that an editor left without the end of its last line, with a comment.
	write(t, path, "# ours\n"+a.Line())
	if err := AppendFile(path, b); err != nil {
		t.Error(err)
	}
	if text, _ := os.ReadFile(path); string(text) != "# ours\n"+a.Line()+"\n"+b.Line()+"\n" {
		t.Errorf("the file: %s", text)
	}
	write(t, path, "# nothing\n")
	if _, err := ReadFile(path); err == nil || !strings.Contains(err.Error(), "casus token new NAME --file "+path) {
		t.Errorf("a file without tokens: %v", err)
	}
	write(t, path, "a:read:plain-0123456789\n")
	for _, err := range []error{AppendFile(path, b), func() error { _, err := ReadFile(path); return err }()} {
		if err == nil || !strings.Contains(err.Error(), path+": line 1: ") {
			t.Errorf("a file with a token: %v", err)
		}
	}
	write(t, path, manyTokens(1000))
	if err := AppendFile(path, b); kg.CodeOf(err) != kg.LimitExceeded {
		t.Errorf("a full file: %v", err)
	}
	if _, err := ReadFile(t.TempDir()); err == nil {
		t.Error("a folder was read")
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// FuzzParse checks that whatever text is read makes tokens whose lines make the same tokens, or an error that names
// the line.
func FuzzParse(f *testing.F) {
	f.Add(lines)
	f.Add("# none\n\na:read:plain-0123456789\nb:write:sha256:00")
	f.Add("a:read:sha256:" + strings.Repeat("0", 64) + "\r\n\xff:write:x")
	numbered := regexp.MustCompile(`^line \d+: `)
	f.Fuzz(func(t *testing.T, text string) {
		plain, plainErr := ParsePlain(text)
		for i, err := range []error{plainErr, func() error { _, err := ParseHashed(text); return err }()} {
			if err != nil && len(text) <= maxTokenBytes && !numbered.MatchString(err.Error()) {
				t.Errorf("%d: the error names no line: %v", i, err)
			}
		}
		if plainErr != nil {
			return
		}
		var written strings.Builder
		for _, token := range plain.list {
			written.WriteString(token.Line() + "\n")
		}
		hashed, err := ParseHashed(written.String())
		if err != nil || fmt.Sprint(hashed) != fmt.Sprint(plain) {
			t.Errorf("%v, %v; want %v", hashed, err, plain)
		}
	})
}
