package outlet

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"casus/internal/kg"
)

func TestRead(t *testing.T) {
	for _, c := range []struct{ text, id, name, alias string }{
		{"Reuters", "reuters", "Reuters", ""},
		{" REUTERS ", "reuters", "Reuters", ""},
		{"Reuters News", "reuters", "Reuters", "Reuters News"},
		{"reuters.com", "reuters", "Reuters", "reuters.com"},
		{"http://uk.Reuters.com:80/article/id?x=1", "reuters", "Reuters", "uk.reuters.com"},
		{"www.reuters.com/world", "reuters", "Reuters", "reuters.com"},
		{"AFP", "agence-france-presse", "Agence France-Presse", "AFP"},
		{"Agence France Presse", "agence-france-presse", "Agence France-Presse", "Agence France Presse"},
		{"ITAR Tass", "tass", "TASS", "ITAR Tass"},
		{"РИА Новости", "ria-novosti", "RIA Novosti", "РИА Новости"},
		{"Interfax: Russia &  CIS General Newswire", "interfax", "Interfax", "Interfax: Russia & CIS General Newswire"},
		{"Interfax Ukraine", "interfax-ukraine", "Interfax-Ukraine", "Interfax Ukraine"},
		{"BBC News", "bbc", "BBC", "BBC News"},
		{"BBC Monitoring European", "bbc-monitoring", "BBC Monitoring", "BBC Monitoring European"},
		{"theguardian.com", "the-guardian-united-kingdom", "The Guardian (United Kingdom)", "theguardian.com"},
		// Not in the table: the words of the name, or the domain.
		{"Arland  Wire", "arland-wire", "Arland Wire", ""},
		{"ARLAND-WIRE", "arland-wire", "ARLAND-WIRE", ""},
		{"The Nation (Thailand)", "the-nation-thailand", "The Nation (Thailand)", ""},
		{"Reuters Foundation", "reuters-foundation", "Reuters Foundation", ""},
		{"Times of Arland", "times-of-arland", "Times of Arland", ""},
		{"Канал+", "канал+", "Канал+", ""},
		{"notreuters.com", "notreuters.com", "notreuters.com", ""},
		{"reuters.com.example", "reuters.com.example", "reuters.com.example", ""},
		{"UzReport.com", "uzreport.com", "uzreport.com", ""},
		{"https://www.example.org/a.b", "example.org", "example.org", ""},
		// Names that several outlets have.
		{"Daily News", "daily-news:mine", "Daily News", ""},
		{"The Guardian", "the-guardian:mine", "The Guardian", ""},
		{"Daily News (Sri Lanka)", "daily-news-sri-lanka", "Daily News (Sri Lanka)", ""},
	} {
		o, ok := Read(c.text, "Mine")
		if want := (Outlet{kg.ID(Prefix + c.id), c.name, c.alias}); !ok || o != want {
			t.Errorf("%q is %+v, want %+v", c.text, o, want)
		}
		if err := o.ID.Check(kg.KindActor); err != nil {
			t.Error(err)
		}
	}
}

func TestReadNames(t *testing.T) {
	for _, s := range []string{
		"", " ", "-", "...", "Unknown", "UNKNOWN", "Undisclosed Source", "undisclosed sources", "Twitter", "twitter.com",
		"https://x.com/arland/status/1", "https://m.facebook.com/a", "t.me/channel", "\u200b",
	} {
		if o, ok := Read(s, "mine"); ok {
			t.Errorf("%q is %+v", s, o)
		}
	}
	// Different outlets, or texts of which the table does not say that they are one.
	different := []string{
		"Reuters", "Thomson Reuters Foundation", "Interfax", "Interfax-Ukraine", "BBC", "BBC Monitoring", "ABC",
		"ABC (Spain)",
		"The Guardian", "The Guardian (UK)", "Guardian (Nigeria)", "The Times", "The Times (London)", "The Times of India",
		"indiatimes.com", "The Independent (Uganda)", "independent.co.uk", "Canal", "Canal+", "RIA Novosti", "RIA", "Kyiv",
		"Kyiv Post", "Washington Times", "Washington Post", "x.com.example", "Unknown Soldier", "China Daily", "Daily",
	}
	seen := map[kg.ID]string{}
	for _, s := range different {
		o, ok := Read(s, "mine")
		if other, twice := seen[o.ID]; twice || !ok {
			t.Errorf("%q and %q are %v", s, other, o.ID)
		}
		seen[o.ID] = s
	}
}

// A name that several outlets have is another one in each data set, all others are the same.
func TestDatasets(t *testing.T) {
	for s, same := range map[string]bool{"Daily Star": false, "The Times": false, "Reuters": true, "Arland Wire": true} {
		a, _ := Read(s, "acled")
		b, _ := Read(s, "icews")
		if (a.ID == b.ID) != same {
			t.Errorf("%q is %s and %s", s, a.ID, b.ID)
		}
	}
}

func TestLongNames(t *testing.T) {
	a, _ := Read(strings.Repeat("Gazette ", 100)+"North", "")
	b, _ := Read(strings.Repeat("Gazette ", 100)+"South", "")
	if a.ID == b.ID || len(a.ID) > 100 || a.ID.Check(kg.KindActor) != nil {
		t.Error(a.ID, b.ID)
	}
}

// TestTable checks that no spelling stands for two outlets, and that an outlet's own name is no spelling of another.
func TestTable(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	key := func(s string) string {
		if domain, ok := domainOf(s); ok {
			return domain
		}
		return slugOf(s)
	}
	means := map[string]string{}
	for _, row := range rows[1:] {
		name, k := row[0], key(row[1])
		if name != noOutlet && name != severalOutlets {
			means[key(name)] = name
		}
		if before, twice := means[k]; twice || k == "" {
			t.Errorf("%q is %q and %q", row[1], before, name)
		}
		means[k] = name
	}
	for k, name := range means {
		if name != noOutlet && name != severalOutlets && means[key(name)] != name {
			t.Errorf("%q, a spelling of %q, which is %q", k, name, means[key(name)])
		}
	}
}
