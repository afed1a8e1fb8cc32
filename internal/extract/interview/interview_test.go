package interview_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casus/internal/extract"
	"casus/internal/extract/article"
	"casus/internal/extract/cache"
	"casus/internal/extract/endpoint"
	"casus/internal/extract/form"
	"casus/internal/extract/interview"
	"casus/internal/extract/prompt"
	"casus/internal/extract/proposal"
	"casus/internal/extract/replay"
	"casus/internal/fetch/secret"
	"casus/internal/kg"
)

const key secret.Secret = "sk-never-to-be-seen"

// rig is a recorded endpoint, an article, and an asker of it.
type rig struct {
	article article.Article
	asker   *interview.Asker
	bodies  []string // of the requests
	pauses  []time.Duration
	host    string
	window  int
}

// newRig serves a folder of testdata with faults. The name of the article's file must not leave the program.
func newRig(t *testing.T, folder, text, cached string, faults ...replay.Fault) *rig {
	t.Helper()
	a, err := article.Read("SECRET-FILE-NAME.txt", []byte(text), "", article.Metadata{
		Published: "2031-03-04", Language: "en", Publisher: "Astel Post",
	})
	if err != nil {
		t.Fatal(err)
	}
	served, err := replay.New(folder, faults...)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{article: a, window: prompt.DefaultWindow}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		if err != nil {
			t.Error(err)
		}
		if got := q.Header.Get("Authorization"); got != "Bearer "+key.Reveal() {
			t.Errorf("Authorization: %s", got)
		}
		r.bodies = append(r.bodies, string(body))
		q.Body = io.NopCloser(bytes.NewReader(body))
		served.ServeHTTP(w, q)
	}))
	t.Cleanup(server.Close)
	r.host = strings.TrimPrefix(server.URL, "http://")
	r.asker = &interview.Asker{Client: r.client(t, server.URL), Cache: cache.New(cached), Model: "test", Seed: 1}
	return r
}

func (r *rig) client(t *testing.T, url string) *endpoint.Client {
	t.Helper()
	c, err := endpoint.New(endpoint.Options{
		URL: url, Key: key, Model: "test", Timeout: time.Second, Sleep: func(_ context.Context, d time.Duration) error {
			r.pauses = append(r.pauses, d)
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// run asks, and returns the result with its proposal.
func (r *rig) run(t *testing.T) (interview.Result, *proposal.Proposal, error) {
	t.Helper()
	c := extract.Converter{Model: "test"}
	i := interview.Interview{
		Asker: r.asker, Window: r.window, Convert: func(ctx context.Context, content []byte) ([]form.Refusal, error) {
			p, err := c.Convert(ctx, r.article, content)
			if err != nil {
				return nil, err
			}
			return p.Refused, nil
		},
	}
	result, err := i.Run(t.Context(), r.article)
	if err != nil {
		return result, nil, err
	}
	p, err := c.Convert(t.Context(), r.article, result.Form)
	if err != nil {
		t.Fatal(err)
	}
	return result, p, nil
}

func ferry(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("testdata/ferry.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// TestInterview asks about an article: what is missing and what is refused is asked once more, and asked again nothing
// is sent.
func TestInterview(t *testing.T) {
	cached := t.TempDir()
	r := newRig(t, "testdata/ferry", ferry(t), cached)
	result, p, err := r.run(t)
	if err != nil {
		t.Fatal(err)
	}
	// The example's name, the withdrawal and a claim without fields do not match the form, so these answers are asked for
	// twice.
	var asked []string
	for _, c := range result.Account.Calls {
		asked = append(asked, c.Part+" "+c.Purpose)
	}
	want := []string{"parties first", "events first", "claims first", "claims unclaimed", "claims refused"}
	if !slices.Equal(asked, want) || len(r.bodies) != 8 || r.asker.Calls != 8 {
		t.Errorf("asked %v in %d requests, want %v in 8", asked, len(r.bodies), want)
	}
	if len(p.Records) == 0 || p.Run.Counts.Claims != 3 {
		t.Errorf("%d records, %d claims, want 3", len(p.Records), p.Run.Counts.Claims)
	}
	var reasons []string
	for _, refusal := range slices.Concat(result.Refused, p.Refused) {
		reasons = append(reasons, refusal.List+": "+refusal.Reason)
	}
	text := strings.Join(reasons, "\n")
	for _, words := range []string{
		"only the sentences 1 to 5 were asked about", "rests on none of the sentences that were asked about once more",
		"has a name of the example", "value must be one of", "missing properties",
		"not one of the refused entries, which alone were asked for once more",
	} {
		if strings.Count(text, words) != 1 {
			t.Errorf("%q is not a reason once:\n%s", words, text)
		}
	}
	// A claim that the last answer repeats as it was is not refused.
	if len(reasons) != 6 {
		t.Errorf("%d refusals:\n%s", len(reasons), text)
	}
	if a := result.Account; a.Hosts[0] != r.host || a.Formats[0] != "json_schema" || a.Fingerprints[0] != "replay" ||
		a.PromptTokens == 0 || a.AnswerTokens == 0 || a.Retries != 3 || a.Seed != 1 {
		t.Errorf("%+v", a)
	}
	again := newRig(t, "testdata/ferry", ferry(t), cached)
	second, _, err := again.run(t)
	if err != nil || len(again.bodies) != 0 {
		t.Errorf("asked again: %v, %d requests", err, len(again.bodies))
	}
	if diff := cmp.Diff(result, second); diff != "" {
		t.Errorf("asked again:\n%s", diff)
	}
	// The cache is a recording.
	recorded := newRig(t, cached, ferry(t), t.TempDir())
	third, _, err := recorded.run(t)
	if err != nil || !bytes.Equal(third.Form, result.Form) || len(recorded.bodies) < 5 {
		t.Errorf("from its own recording: %v, %d requests, %s", err, len(recorded.bodies), third.Form)
	}
	checkRequests(t, r)
	checkCached(t, cached, 5)
}

// TestBetterAnswer asks a model that, asked once more because of an entry that does not match the form, has no entry.
func TestBetterAnswer(t *testing.T) {
	answers := []string{
		`{"actors":[` + actor("venn", "Nora Venn") + `,{"key":"union"}],"places":[],"ties":[]}`,
		`{"actors":[],"places":[],"ties":[]}`, `{"events":[],"links":[]}`, `{"claims":[]}`,
	}
	r := newRig(t, "testdata/ferry", ferry(t), "")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if len(answers) == 0 {
			t.Error("more questions than answers")
			return
		}
		content, err := json.Marshal(answers[0])
		if err != nil {
			t.Error(err)
		}
		answers = answers[1:]
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"choices": [{"finish_reason": "stop", "message": {"content": %s}}]}`, content)
	}))
	t.Cleanup(server.Close)
	r.asker.Client = r.client(t, server.URL)
	result, _, err := r.run(t)
	if err != nil {
		t.Fatal(err)
	}
	got, err := form.Parse(result.Form)
	if err != nil || len(got.Form.Actors) != 1 || len(got.Refused) != 1 || len(answers) != 0 {
		t.Errorf("%v, %d answers left: %s", err, len(answers), result.Form)
	}
}

// checkRequests fails if a request has what it must not have, or marks that an article could know.
func checkRequests(t *testing.T, r *rig) {
	t.Helper()
	marks := map[string]bool{}
	for _, body := range r.bodies {
		if strings.Contains(body, "SECRET-FILE-NAME") || strings.Contains(body, key.Reveal()) {
			t.Errorf("a request has the name of a file, or the key: %s", body)
		}
		var q struct {
			Temperature *float64
			Seed        *int
			Messages    []struct{ Content string }
		}
		if err := json.Unmarshal([]byte(body), &q); err != nil {
			t.Fatal(err)
		}
		// What is asked again is left to chance: at temperature 0 the answer would be the same, whatever the seed.
		if q.Temperature == nil || q.Seed == nil || (*q.Temperature > 0) != (*q.Seed > 1) {
			t.Errorf("temperature %v, seed %v", q.Temperature, q.Seed)
		}
		user := q.Messages[1].Content
		_, rest, _ := strings.Cut(user, "\n===")
		mark, _, _ := strings.Cut(rest, "===\n")
		if len(mark) != 26 || marks[mark] && q.Seed != nil && *q.Seed == 1 || strings.Count(user, "==="+mark+"===")%2 != 0 {
			t.Errorf("mark %q", mark)
		}
		marks[mark] = true
		material := strings.Split(user, "==="+mark+"===")
		for i, s := range material {
			if i%2 == 0 && (strings.Contains(s, "Venn") || strings.Contains(s, "Ignore all")) {
				t.Errorf("material stands outside the marks: %q", s)
			}
		}
	}
}

// checkCached fails unless the cache has n answers, readable for their owner only.
func checkCached(t *testing.T, folder string, n int) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != n {
		t.Errorf("%d answers are cached (%v), want %d", len(entries), err, n)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", e.Name(), info.Mode(), err)
		}
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil || bytes.Contains(content, []byte(key.Reveal())) || bytes.Contains(content, []byte("SECRET-FILE")) {
			t.Errorf("%s: %v %s", e.Name(), err, content)
		}
	}
}

// TestFaults asks an endpoint that misbehaves first. What passes makes the same form; what does not leaves nothing.
func TestFaults(t *testing.T) {
	result, _, err := newRig(t, "testdata/ferry", ferry(t), t.TempDir()).run(t)
	if err != nil {
		t.Fatal(err)
	}
	always := func(n int, f replay.Fault) []replay.Fault { return slices.Repeat([]replay.Fault{f}, n) }
	for name, c := range map[string]struct {
		faults []replay.Fault
		code   kg.ErrorCode // "" if it passes
		words  string
		format string
		pauses int
	}{
		"400":             {always(1, replay.Refuse), "", "", "json_object", 0},
		"400 twice":       {always(2, replay.Refuse), "", "", "text", 0},
		"400 always":      {always(9, replay.Refuse), kg.BadInput, "response_format is not supported", "", 0},
		"401":             {always(1, replay.Unauthorised), kg.Unauthenticated, "[secret]", "", 0},
		"429":             {always(1, replay.TooMany), "", "", "json_schema", 1},
		"429 always":      {always(9, replay.TooMany), kg.LimitExceeded, "tried 4 times", "", 3},
		"500":             {always(3, replay.Broken), "", "", "json_schema", 3},
		"500 always":      {always(9, replay.Broken), kg.Unavailable, "tried 4 times", "", 3},
		"cut":             {always(1, replay.Cut), "", "", "json_schema", 1},
		"slow":            {always(1, replay.Slow), "", "", "json_schema", 1},
		"cut by length":   {always(1, replay.Length), "", "", "json_schema", 0},
		"always too long": {always(9, replay.Length), kg.Unavailable, "was cut off after", "", 0},
		"prose":           {always(1, replay.Prose), "", "", "json_schema", 0},
		"prose always":    {always(9, replay.Prose), kg.Unavailable, "no valid answer about parties in 3 tries", "", 0},
		"a wrong form":    {always(1, replay.WrongForm), "", "", "json_schema", 0},
		"half a pair":     {always(2, replay.Surrogate), "", "", "json_schema", 0},
		"huge":            {always(1, replay.Huge), kg.LimitExceeded, "more than 16777216 bytes", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			cached := t.TempDir()
			r := newRig(t, "testdata/ferry", ferry(t), cached, c.faults...)
			got, _, err := r.run(t)
			if kg.CodeOf(err) != c.code || len(r.pauses) != c.pauses {
				t.Fatalf("%v after %v, want %q after %d pauses", err, r.pauses, c.code, c.pauses)
			}
			if err != nil {
				if !strings.Contains(err.Error(), c.words) || strings.Contains(err.Error(), key.Reveal()) {
					t.Errorf("%v lacks %q, or has the key", err, c.words)
				}
				checkCached(t, cached, 0)
				return
			}
			if !bytes.Equal(got.Form, result.Form) || got.Account.Formats[0] != c.format {
				t.Errorf("%v %s", got.Account.Formats, got.Form)
			}
			if c.faults[0] == replay.TooMany && r.pauses[0] != time.Second {
				t.Errorf("Retry-After: 1, waited %s", r.pauses[0])
			}
		})
	}
}

// TestCeilingAndResumption stops at a bound of tokens, and continues from the cache.
func TestCeilingAndResumption(t *testing.T) {
	cached := t.TempDir()
	r := newRig(t, "testdata/ferry", ferry(t), cached)
	r.asker.MaxTokens = 10
	if _, _, err := r.run(t); kg.CodeOf(err) != kg.LimitExceeded || len(r.bodies) != 0 {
		t.Errorf("%v after %d requests", err, len(r.bodies))
	}
	r.asker.MaxTokens = 12_000
	if _, _, err := r.run(t); kg.CodeOf(err) != kg.LimitExceeded || r.asker.Tokens > 12_000 || len(r.bodies) == 0 {
		t.Errorf("%v after %d tokens in %d requests", err, r.asker.Tokens, len(r.bodies))
	}
	first := len(r.bodies)
	r.asker.MaxTokens = 0
	if _, _, err := r.run(t); err != nil || len(r.bodies) > 9 || len(r.bodies) == first {
		t.Errorf("%v, %d requests after the first %d", err, len(r.bodies)-first, first)
	}
}

// TestWindowsKeepTheirKeys asks about a text in two windows, the second of which uses the keys of the first for others.
func TestWindowsKeepTheirKeys(t *testing.T) {
	const text = "Ada Orr met Bo Lund in Welt.\nThey talked.\nThey parted.\nCy Marr met Bo Lund in Nord.\n"
	folder := t.TempDir()
	for name, content := range map[string]string{
		"parties.json":   `{"actors":[` + actor("a", "Ada Orr") + `,` + actor("b", "Bo Lund") + `],"places":[],"ties":[]}`,
		"parties.2.json": `{"actors":[` + actor("a", "Cy Marr") + `,` + actor("x", "Bo Lund") + `],"places":[],"ties":[]}`,
		"events.json":    `{"events":[` + event("meeting", "First meeting", "a", "b") + `],"links":[]}`,
		"events.2.json":  `{"events":[` + event("meeting", "Second meeting", "a", "x") + `],"links":[]}`,
		"claims.json":    `{"claims":[` + claim("meeting", "1,2,3", "a") + `]}`,
		"claims.2.json":  `{"claims":[` + claim("meeting", "4", "x") + `,` + claim("meeting", "3", "a") + `]}`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := newRig(t, folder, text, "")
	r.window = 60
	result, p, err := r.run(t)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := form.Parse(result.Form)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range answer.Form.Actors {
		got = append(got, a.Key+"="+a.Name)
	}
	for _, e := range answer.Form.Events {
		got = append(got, e.Key+"="+e.Participants[0].Actor+"+"+e.Participants[1].Actor)
	}
	for _, c := range answer.Form.Claims {
		got = append(got, c.Event+" by "+c.Claimants[0])
	}
	want := []string{
		"a=Ada Orr", "b=Bo Lund", "a-2=Cy Marr", "meeting=a+b", "meeting-2=a-2+b", "meeting by a", "meeting-2 by b",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(result.Refused) != 1 || !strings.Contains(result.Refused[0].Reason, "context alone") || len(p.Refused) != 0 {
		t.Errorf("refused: %+v %+v", result.Refused, p.Refused)
	}
}

func actor(key, name string) string {
	return `{"key":"` + key + `","kind":"PERSON","name":"` + name + `","englishName":"` + name + `","country":null}`
}

func event(key, title, one, other string) string {
	const role = `","role":"PARTICIPANT","representing":null}`
	return `{"key":"` + key + `","title":"` + title + `","category":"CONSULT","modality":"OCCURRED","time":null,` +
		`"timeWords":null,"partOf":null,"participants":[{"actor":"` + one + role + `,{"actor":"` + other + role +
		`],"locations":[]}`
}

func claim(event, sentences, claimant string) string {
	return `{"event":"` + event + `","sentences":[` + sentences + `],"words":null,"claimants":["` + claimant +
		`"],"stance":"ASSERTS","aspect":"OCCURRENCE","value":null,"statedAt":null,"figures":[],"confidence":"HIGH"}`
}
