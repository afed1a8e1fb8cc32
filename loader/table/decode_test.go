package table_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/loader/table"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode/utf32"
)

func openNamed(name, text string, o table.Options) (*table.Reader, error) {
	return table.Open(name, io.NopCloser(strings.NewReader(text)), o)
}

func encoded(t *testing.T, encoding, text string) string {
	t.Helper()
	if rest, found := strings.CutPrefix(encoding, "utf-32"); found {
		order := map[string]utf32.Endianness{"le": utf32.LittleEndian, "be": utf32.BigEndian}[rest]
		s, err := utf32.UTF32(order, utf32.IgnoreBOM).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	e, err := htmlindex.Get(encoding)
	if err != nil {
		t.Fatal(err)
	}
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Text is read from the named encoding, or from the one that a byte order mark names.
func TestEncodings(t *testing.T) {
	for encoding, word := range map[string]string{
		"windows-1251": "Обстріл", "windows-1252": "Köln – été", "windows-1256": "قصف", "iso-8859-2": "Łódź",
		"koi8-u":  "Київ",
		"gb18030": "轰炸", "shift_jis": "爆撃", "utf-8": "Łódź", "utf-16le": "Обстріл", "utf-16be": "قصف",
	} {
		text := encoded(t, encoding, "id,place\n1,"+word+"\n2,x\n")
		want := []string{"2: map[id:1 place:" + word + "]", "3: map[id:2 place:x]"}
		if d := cmp.Diff(want, read(t, "x.csv", text, table.Options{Encoding: encoding})); d != "" {
			t.Errorf("%s: %s", encoding, d)
		}
	}
	for _, encoding := range []string{"utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"} {
		for name, text := range map[string]string{"x.csv": "id,place\n1,Łódź\n",
			"x.json": "\n{\"id\": 1, \"place\": \"Łódź\"}"} {
			got := read(t, name, encoded(t, encoding, "\ufeff"+text), table.Options{})
			if d := cmp.Diff([]string{"2: map[id:1 place:Łódź]"}, got); d != "" {
				t.Errorf("%s: %s", encoding, d)
			}
			if strings.HasPrefix(encoding, "utf-16") {
				got = read(t, name, encoded(t, encoding, text), table.Options{})
				if d := cmp.Diff([]string{"2: map[id:1 place:Łódź]"}, got); d != "" {
					t.Errorf("%s without a mark: %s", encoding, d)
				}
			}
		}
	}
}

// A file in another encoding than the named one is refused, or its rows are.
func TestWrongEncodings(t *testing.T) {
	for i, c := range []struct{ actual, named, want string }{
		{"utf-8", "windows-1252", "the file is UTF-8, not windows-1252"},
		{"utf-8", "windows-1251", "the file is UTF-8, not windows-1251"},
		{"windows-1252", "", "not UTF-8: specify the file's encoding"},
		{"windows-1252", "utf-8", "not UTF-8: specify the file's encoding"},
		{"windows-1252", "utf-16", "x.csv is not utf-16"},
		{"windows-1252", "gb18030", "it has bytes that are not text in gb18030"},
		{"utf-16le", "windows-1252", "x.csv is not windows-1252: it has zero bytes"},
		{"utf-16le mark", "windows-1252", "byte order mark of UTF-16LE, so it is not windows-1252"},
		{"utf-8 mark", "windows-1252", "byte order mark of UTF-8, so it is not windows-1252"},
	} {
		name, mark := strings.CutSuffix(c.actual, " mark")
		text := "id,place\n1,naïveté déjà\n"
		if mark {
			text = "\ufeff" + text
		}
		r, err := openNamed("x.csv", encoded(t, name, text), table.Options{Encoding: c.named})
		if err == nil {
			_, err = r.Next()
		} else if kg.CodeOf(err) != kg.BadInput {
			t.Error(err)
		}
		if !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%d: %v, want %q", i, err, c.want)
		}
	}
}
