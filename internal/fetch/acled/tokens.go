package acled

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"path/filepath"
	"sync"
	"time"

	"casus/internal/fetch/lock"
	"casus/internal/fetch/remote"
	"casus/internal/fetch/secret"
	"casus/internal/kg"
)

// The lifetimes of tokens, as ACLED documents them. An access token's is also in the response.
const (
	accessLifetime  = 24 * time.Hour
	refreshLifetime = 14 * 24 * time.Hour
	// maxLifetime bounds what a response may state.
	maxLifetime = 30 * 24 * time.Hour
	// early is how long before its end a token is replaced.
	early = 30 * time.Minute
)

// tokenPath is the path of ACLED's OAuth endpoint, and clientID the name that it gives to its API's users.
const (
	tokenPath = "/oauth/token"
	clientID  = "acled"
)

// Credentials are those of a myACLED account.
type Credentials struct {
	Email    string
	Password secret.Secret
}

// Login returns the credentials when they are needed: only if no stored token can be used. user is the account of the
// stored tokens.
type Login func(ctx context.Context) (Credentials, error)

// Tokens has the tokens of one account, in a file that only its owner can read. A token is replaced before it ends, by
// one process and goroutine at a time.
//
// When a token ends is measured by this machine's clock, from the moment it came and for the lifetime that the response
// states. No date of the server counts, so a server or a machine with a wrong clock can use its tokens. If this
// machine's clock is set back, to before the moment a token came, the token is replaced; if it is wrong otherwise, the
// server refuses a token that has ended, and then it is replaced once.
type Tokens struct {
	client *remote.Client
	file   string
	// email is the account that is wanted, "" for any.
	email string
	login Login
	now   func() time.Time
	// warn says that the token file was tightened.
	warn func(string)

	mutex   sync.Mutex
	current stored
}

// stored is the content of a token file.
type stored struct {
	Host  string `json:"host"`
	Email string `json:"email"`
	// The tokens are text, since a secret.Secret would be masked.
	AccessToken  string    `json:"accessToken"`
	AccessFrom   time.Time `json:"accessFrom"`
	AccessFor    int64     `json:"accessForSeconds"`
	RefreshToken string    `json:"refreshToken,omitempty"`
	RefreshFrom  time.Time `json:"refreshFrom,omitzero"`
}

// valid reports whether something that came at a moment and lasts for some time can still be used after a while.
func valid(now, from time.Time, lifetime, margin time.Duration) bool {
	return !now.Before(from) && now.Add(min(margin, lifetime/4)).Before(from.Add(lifetime))
}

func (s stored) accessValid(now time.Time, margin time.Duration) bool {
	return s.AccessToken != "" && valid(now, s.AccessFrom, time.Duration(s.AccessFor)*time.Second, margin)
}

func (s stored) refreshValid(now time.Time) bool {
	return s.RefreshToken != "" && valid(now, s.RefreshFrom, refreshLifetime, early)
}

// Get returns an access token that lasts a while.
func (t *Tokens) Get(ctx context.Context) (secret.Secret, error) { return t.get(ctx, "") }

// Renew returns another access token than one that the server refused.
func (t *Tokens) Renew(ctx context.Context, refused secret.Secret) (secret.Secret, error) {
	return t.get(ctx, refused)
}

func (t *Tokens) get(ctx context.Context, refused secret.Secret) (secret.Secret, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.usable(t.current, refused) {
		return secret.Secret(t.current.AccessToken), nil
	}
	release, err := t.lockFile(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	// Another process may have replaced it in the meantime.
	if t.current, err = t.read(); err != nil {
		return "", err
	}
	if t.usable(t.current, refused) {
		return secret.Secret(t.current.AccessToken), nil
	}
	next, err := t.replace(ctx, refused)
	if err != nil {
		return "", err
	}
	t.current = next
	return secret.Secret(next.AccessToken), t.write(next)
}

func (t *Tokens) usable(s stored, refused secret.Secret) bool {
	return s.accessValid(t.now(), early) && s.AccessToken != refused.Reveal()
}

// replace gets new tokens: with the refresh token, or else with the password. If neither works because the server does
// not, the old access token is used to its end.
func (t *Tokens) replace(ctx context.Context, refused secret.Secret) (stored, error) {
	old := t.current
	if old.refreshValid(t.now()) {
		next, err := t.request(ctx, old, url.Values{
			"grant_type": {"refresh_token"}, "client_id": {clientID}, "refresh_token": {old.RefreshToken},
		}, secret.Secret(old.RefreshToken))
		if err == nil {
			return next, nil
		}
		if !refusedLogin(err) {
			if old.accessValid(t.now(), 0) && old.AccessToken != refused.Reveal() {
				return old, nil
			}
			return stored{}, err
		}
	}
	c, err := t.login(ctx)
	if err != nil {
		return stored{}, err
	}
	next, err := t.request(ctx, stored{Host: t.client.Host(), Email: c.Email}, url.Values{
		"grant_type": {"password"}, "client_id": {clientID}, "username": {c.Email}, "password": {c.Password.Reveal()},
	}, c.Password)
	if refusedLogin(err) {
		return stored{}, noLogin(err)
	}
	return next, err
}

// refusedLogin reports whether a server refused credentials or a token. OAuth says so with 400 (RFC 6749, section 5.2).
func refusedLogin(err error) bool {
	switch remote.Status(err) {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden:
		return true
	}
	return false
}

// request asks for tokens. A response without a refresh token leaves the old one in use.
func (t *Tokens) request(ctx context.Context, old stored, form url.Values, s secret.Secret) (stored, error) {
	sent := t.now()
	var answer struct {
		AccessToken  string      `json:"access_token"`
		RefreshToken string      `json:"refresh_token"`
		ExpiresIn    json.Number `json:"expires_in"`
	}
	r := remote.Request{Path: tokenPath, Form: form, Secrets: []secret.Secret{s}}
	if _, err := t.client.JSON(ctx, r, &answer); err != nil {
		return stored{}, err
	}
	token, err := secret.ParseToken(answer.AccessToken)
	if err != nil {
		return stored{}, kg.Errorf(kg.Unavailable, "%s answered without a usable token: %w", t.client.URL(r), err)
	}
	lifetime := accessLifetime
	if seconds, err := answer.ExpiresIn.Int64(); err == nil && seconds > 0 {
		lifetime = time.Duration(min(seconds, int64(maxLifetime/time.Second))) * time.Second
	}
	next := old
	next.AccessToken, next.AccessFrom, next.AccessFor = token.Reveal(), sent, int64(lifetime/time.Second)
	if answer.RefreshToken != "" {
		next.RefreshToken, next.RefreshFrom = answer.RefreshToken, sent
	}
	return next, nil
}

// lockFile keeps other processes from replacing the tokens at the same time.
func (t *Tokens) lockFile(ctx context.Context) (release func(), err error) {
	if err := secret.MakeFolder(filepath.Dir(t.file)); err != nil {
		return nil, err
	}
	return lock.Acquire(ctx, t.file)
}

// read returns the stored tokens of the wanted host and account, else none.
func (t *Tokens) read() (s stored, err error) {
	content, tightened, err := secret.ReadFile(t.file)
	if err != nil {
		return s, err
	}
	if tightened {
		t.warn(t.file + " could be read by others; now only its owner can")
	}
	if found, ok := parse(content); ok && found.Host == t.client.Host() && (t.email == "" || found.Email == t.email) {
		return found, nil
	}
	return s, nil
}

// parse returns the content of a token file; ok is false if it is not one.
func parse(content []byte) (s stored, ok bool) {
	err := json.Unmarshal(content, &s)
	return s, err == nil
}

func (t *Tokens) write(s stored) error {
	content, err := json.Marshal(s)
	if err != nil {
		return kg.Errorf(kg.Internal, "%w", err)
	}
	return secret.WriteFile(t.file, append(content, '\n'))
}
