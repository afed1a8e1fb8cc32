package ftm

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"casus/internal/kg"
)

// nameProperties are the properties with names, and the kind of name.
var nameProperties = []struct {
	property string
	kind     kg.NameKind
}{
	{"name", kg.NamePrimary}, {"alias", kg.NameAlias}, {"previousName", kg.NameAlias},
	{"abbreviation", kg.NameAlias}, {"weakAlias", kg.NameWeak},
}

// partialNames are properties with a part of a name or an address.
var partialNames = []string{
	"firstName", "secondName", "middleName", "fatherName", "motherName", "lastName", "nameSuffix", "givenName", "surname",
	"namesMentioned",
	"street", "street2", "city", "postalCode", "postOfficeBox", "region", "state",
}

// identifierProperties are properties with identifiers; the scheme is the property's name.
var identifierProperties = strings.Fields(`
	accountId accountNumber bic bikCode brightQueryId brightQueryOrgId bvdId cadastralCode cageCode callSign caemCode
	cikCode coatoCode crsNumber cryptoAddress dunsCode email figiCode fipsCode fnsCode fssCode giiNumber googlePlaceId
	iban icaoCode icijId idNumber imoNumber innCode ipoCode irsCode isin isinCode jibCode kppCode leiCode licenseNumber
	mbsCode mmsi npiCode nutsCode ogrnCode okopfCode okpoCode oksmCode okvedCode opencorporatesUrl osmId passportNumber
	permId pfrNumber phone publicKey registrationNumber ricCode sayariId serialNumber socialSecurityNumber swiftBic
	taxNumber territoryCode ticker titleNumber uniqueEntityId uscCode username vatCode voenCode website wikipediaUrl
	zipCode`)

// codeProperties are properties of events with ids, codes and amounts; the scheme is the property's name.
var codeProperties = strings.Fields(`
	amount amountEur amountUsd authorityId authorityReferenceId callId caseNumber ccdNumber cpvCode currency noticeId
	nutsCode procedureNumber programId projectId recordId sequenceNumber tedUrl topics transactionNumber unscId vedCode
	wikidataId keywords`)

// summaryProperties are properties that describe an event in words.
var summaryProperties = []string{
	"summary", "description", "purpose", "reason", "program", "programme", "provisions", "goal", "goodsDescription",
	"criteria", "notes",
}

// noteProperties are properties of an edge that go into its claim's note.
var noteProperties = []string{
	"summary", "description", "percentage", "sharesCount", "sharesValue", "sharesCurrency", "sharesType", "ownershipType",
	"legalBasis", "controlType",
	"status", "constituency", "politicalGroup", "electionDate", "declarationDate", "secretary",
	"amount", "currency", "amountUsd", "amountEur",
	"recordId", "lotNumber", "documentNumber", "documentType", "decisionReason",
}

// remarkProperties are properties of an event that go into its claim's note.
var remarkProperties = []string{
	"status", "duration", "listingDate", "important", "callerNumber", "receiverNumber", "directive", "procedure", "method",
	"type",
}

// countryProperties are properties with the country of an actor or a place, the most reliable first.
var countryProperties = []string{"nationality", "citizenship", "mainCountry", "jurisdiction", "country", "flag"}

var countryCode = regexp.MustCompile(`^([A-Za-z]{2})(-[A-Za-z0-9]+)?$`)

// alpha2 returns the ISO 3166-1 code of a country or of a part of one, such as gb-sct.
func alpha2(code string) (string, bool) {
	m := countryCode.FindStringSubmatch(code)
	if m == nil || strings.EqualFold(m[1], "zz") { // zz means the whole world
		return "", false
	}
	return strings.ToUpper(m[1]), true
}

// country returns the country of an entity, "" if there is none. The first property with a single country decides, else
// the first with any.
func (e *entity) country() string {
	code, from := "", ""
	for _, single := range []bool{true, false} {
		for _, p := range countryProperties {
			var found []string
			for _, v := range e.properties[p] {
				if c, ok := alpha2(v); ok && !slices.Contains(found, c) {
					found = append(found, c)
				}
			}
			if code == "" && (len(found) == 1 || len(found) > 1 && !single) {
				code, from = found[0], p
			}
		}
	}
	if from != "" {
		for _, p := range countryProperties {
			for _, v := range e.properties[p] {
				if c, ok := alpha2(v); ok && c == code && len(v) == 2 {
					e.markUsed(p, v)
				}
			}
		}
	}
	return code
}

// names returns an entity's names with their kinds. Without any, it is named by its first, middle and last name, else
// by the first of the other properties, else by its id.
func (e *entity) names(other ...string) []any {
	var all []any
	for _, n := range nameProperties {
		for _, v := range e.take(n.property) {
			all = append(all, name(v, n.kind))
		}
	}
	if len(all) == 0 {
		var parts []string
		for _, p := range []string{"firstName", "middleName", "lastName"} {
			if v := e.first(p); v != "" {
				parts = append(parts, v)
			}
		}
		if v := strings.Join(parts, " "); v != "" {
			return []any{name(v, kg.NamePrimary)}
		}
		if v := e.first(other...); v != "" {
			return []any{name(v, kg.NamePrimary)}
		}
		return []any{name(e.id, kg.NameWeak)}
	}
	return all
}

func name(value string, kind kg.NameKind) map[string]any {
	n := map[string]any{"value": value}
	if kind != kg.NamePrimary {
		n["kind"] = string(kind)
	}
	return n
}

// identifiers returns an entity's identifiers, including its id.
func (e *entity) identifiers() []any {
	var all []any
	add := func(scheme string, values ...string) {
		for _, v := range values {
			all = append(all, map[string]any{"scheme": scheme, "value": v})
		}
	}
	add("ftm", e.id)
	add("ftm-referent", e.referents...)
	add("wikidata", e.take("wikidataId")...)
	for _, p := range identifierProperties {
		add(p, e.take(p)...)
	}
	return all
}

// words returns the words of a text in lower case, each between blanks, so that one text can be found in another.
func words(s string) string {
	isSeparator := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(s), isSeparator), " ") + " "
}

// label returns the name of a property or schema in words: beneficiary account for beneficiaryAccount.
func label(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.TrimSpace(b.String())
}
