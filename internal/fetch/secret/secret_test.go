package secret_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/fetch/secret"
	"casus/internal/kg"
)

// TestSecretsAreNotPrinted prints a secret in every way that a program might by mistake.
func TestSecretsAreNotPrinted(t *testing.T) {
	const s = secret.Secret("hunter2-hunter2")
	inside := struct {
		Token secret.Secret
		List  []secret.Secret
		Map   map[string]secret.Secret
	}{s, []secret.Secret{s}, map[string]secret.Secret{"a": s}}
	var out bytes.Buffer
	for _, verb := range []string{"%s", "%v", "%+v", "%#v", "%q", "%x", "%X", "%d"} {
		fmt.Fprintf(&out, verb+"\n", s)
		fmt.Fprintf(&out, verb+"\n", inside)
		fmt.Fprintf(&out, verb+"\n", fmt.Errorf("failed with %w", kg.Errorf(kg.Internal, "%v", s)))
	}
	fmt.Fprintln(&out, s, inside, s.String())
	slog.New(slog.NewTextHandler(&out, nil)).Info("login", "password", s, "all", inside)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("login", "password", s, "all", inside)
	if err := json.NewEncoder(&out).Encode(inside); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); strings.Contains(text, "hunter2") || strings.Contains(text, "68756e74") ||
		!strings.Contains(text, "[secret]") {
		t.Error(text)
	}
	if s.Reveal() != "hunter2-hunter2" {
		t.Error("the secret is lost")
	}
}

func TestRedact(t *testing.T) {
	got := secret.Redact("token abcdef, password xyzw, pin 12", "abcdef", "xyzw", "34", "")
	if want := "token [secret], password [secret], pin 12"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := secret.Redact("token abcdef, pin 12", "abcdef", "12"); strings.Contains(got, "12") {
		t.Errorf("a short secret: %q", got)
	}
}

// TestRedactEscaped repeats secrets as servers do: in a form, in JSON, in HTML, and one within another.
func TestRedactEscaped(t *testing.T) {
	const password = "p@ss w&rd\"<é>/+%41"
	inJSON := func(s string) string {
		encoded, err := json.Marshal(map[string]string{"found": s})
		if err != nil {
			t.Fatal(err)
		}
		return string(encoded)
	}
	form := "bad " + url.Values{"password": {password}, "user": {"a@b.c"}}.Encode()
	for _, text := range []string{
		form,
		strings.ToLower(form),
		"bad /" + url.PathEscape(password),
		inJSON(password),
		inJSON(form),
		inJSON(inJSON(password)),
		html.EscapeString(password),
		"<p>" + html.EscapeString(inJSON(form)) + "</p>",
		`p\u0040ss w\u0026rd\"\u003c\u00e9\u003e\/+%41`,
	} {
		got := secret.Redact(text, password)
		if got != "[withheld, as it repeats a secret]" {
			t.Errorf("%q: %q", text, got)
		}
	}
	for _, text := range []string{"a plain text, 100 % + 1", form} {
		if got := secret.Redact(text, "another password"); got != text {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestFilesAreTheOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "tokens")
	if content, tightened, err := secret.ReadFile(path); content != nil || tightened || err != nil {
		t.Errorf("a missing file: %q %t %v", content, tightened, err)
	}
	for _, text := range []string{"one", "two"} {
		if err := secret.WriteFile(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		content, tightened, err := secret.ReadFile(path)
		if string(content) != text || tightened || err != nil {
			t.Errorf("%q %t %v", content, tightened, err)
		}
		if mode := modeOf(t, path); mode != 0o600 {
			t.Errorf("mode %o", mode)
		}
	}
	if mode := modeOf(t, filepath.Dir(path)); mode != 0o700 {
		t.Errorf("the folder has mode %o", mode)
	}
	for _, mode := range []os.FileMode{0o644, 0o640, 0o602, 0o700} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, tightened, err := secret.ReadFile(path); !tightened || err != nil || modeOf(t, path) != 0o600 {
			t.Errorf("mode %o: %t %v, now %o", mode, tightened, err, modeOf(t, path))
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("leftovers: %v %v", entries, err)
	}
	if _, _, err := secret.ReadFile(t.TempDir()); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("a folder: %v", err)
	}
}

func modeOf(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]secret.Secret{" a-b.c \n": "a-b.c", "x": "x"} {
		if got, err := secret.ParseToken(text); got != want || err != nil {
			t.Errorf("%q: %q %v", text, got.Reveal(), err)
		}
	}
	path := filepath.Join(t.TempDir(), "token")
	long := strings.Repeat("a", 9000)
	for _, text := range []string{"", " ", "two words", "tab\tbed", "ключ-к-данным", "a\nHost: b", long} {
		_, err := secret.ParseToken(text)
		if kg.CodeOf(err) != kg.BadInput || len(text) > 2 && strings.Contains(err.Error(), text) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, _, err := secret.ReadToken(path); kg.CodeOf(err) != kg.NotFound {
		t.Errorf("no file: %v", err)
	}
	if err := secret.WriteFile(path, []byte("abc\n")); err != nil {
		t.Fatal(err)
	}
	if got, _, err := secret.ReadToken(path); got != "abc" || err != nil {
		t.Errorf("%q %v", got.Reveal(), err)
	}
	if err := secret.WriteFile(path, bytes.Repeat([]byte("a"), 65<<10)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := secret.ReadToken(path); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("a large file: %v", err)
	}
}
