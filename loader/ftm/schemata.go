package ftm

import "casus/internal/kg"

// becoming is what entities of a schema become.
type becoming byte

const (
	nothing       becoming = iota // the graph has no place for them
	abstract                      // no entity is of such a schema alone
	anActor                       // a party, or a thing that somebody owns
	aLocation                     // a place
	aDocument                     // a text
	anEvent                       // something that happened
	anAffiliation                 // an edge between an actor and another, or a place
	aPart                         // an edge that says who took part in an event
	aLink                         // an edge whose ends tell what it is
	aPaper                        // a paper that identifies its holder: a part of the holder
)

// schema is one of FollowTheMoney's schemata (https://followthemoney.tech/explorer/), and what its entities become.
type schema struct {
	extends []string
	is      becoming
	kind    string // of an actor or a location
	edge    edge
	event   event
}

// edge is an affiliation, a part or a link: which properties name its ends, and what it comes to.
type edge struct {
	from, to string
	typ      kg.AffiliationType
	role     kg.ParticipantRole
	position string // where no property says it
}

// event is what kind of act an entity is, and which properties name who took part.
type event struct {
	label    string
	category kg.EventCategory
	mode     string
	start    []string // properties, of which the first that is given counts
	point    bool     // an act of one moment: without an end it ended when it began
	roles    []role
	partOf   []string
}

type role struct {
	property string
	role     kg.ParticipantRole
	capacity string
}

func from(parents ...string) []string { return parents }

func person(extends string) schema {
	return schema{extends: from(extends), is: anActor, kind: string(kg.ActorPerson)}
}

func asset(parents ...string) schema {
	return schema{extends: parents, is: anActor, kind: string(kg.ActorUnidentified)}
}

func document(parents ...string) schema { return schema{extends: parents, is: aDocument} }

func affiliation(parent, holder, counterpart string, typ kg.AffiliationType, position string) schema {
	return schema{extends: from(parent), is: anAffiliation, edge: edge{from: holder, to: counterpart, typ: typ, position: position}}
}

func part(who, of string, r kg.ParticipantRole) schema {
	return schema{extends: from("Interest"), is: aPart, edge: edge{from: who, to: of, role: r}}
}

var started = []string{"startDate", "date"}

// schemata are all that there are in FollowTheMoney 4.
var schemata = map[string]schema{
	"Thing": {is: abstract}, "Interval": {is: abstract}, "Interest": {extends: from("Interval"), is: abstract},
	"Value": {is: abstract}, "Analyzable": {is: abstract},

	"LegalEntity":  {extends: from("Thing"), is: anActor, kind: string(kg.ActorUnidentified)},
	"Person":       person("LegalEntity"),
	"Organization": {extends: from("LegalEntity"), is: anActor, kind: string(kg.ActorOrganization)},
	"Company":      {extends: from("Organization", "Asset"), is: anActor, kind: string(kg.ActorCompany)},
	"PublicBody":   {extends: from("Organization"), is: anActor, kind: string(kg.ActorGovernment)},
	"Position":     {extends: from("Thing"), is: anActor, kind: string(kg.ActorOrganization)},
	"Asset":        asset("Thing"), "Vehicle": asset("Asset"), "Vessel": asset("Vehicle"), "Airplane": asset("Vehicle"),
	"Security": asset("Asset"), "BankAccount": asset("Asset"), "CryptoWallet": asset("Thing"), "UserAccount": asset("Thing"),

	"Address":    {extends: from("Thing"), is: aLocation, kind: string(kg.LocationFacility)},
	"RealEstate": {extends: from("Asset"), is: aLocation, kind: string(kg.LocationFacility)},
	"Territory":  {extends: from("Thing"), is: aLocation, kind: string(kg.LocationRegion)},

	"Document": document("Thing"), "Folder": document("Document"), "Package": document("Folder"), "Workbook": document("Folder"),
	"PlainText": document("Document"), "HyperText": document("Document"), "Article": document("Document"), "Pages": document("Document"),
	"Table": document("Document"), "Image": document("Document"), "Audio": document("Document"), "Video": document("Document"),
	"Email": {extends: from("Folder", "PlainText", "HyperText"), is: aDocument, event: event{label: "Email", category: kg.CategoryConsult, mode: "email",
		start: []string{"date", "authoredAt", "publishedAt"}, point: true, roles: []role{{"emitters", kg.RoleInitiator, ""}, {"recipients", kg.RoleRecipient, ""}}}},
	"Message": {extends: from("Folder", "PlainText", "HyperText", "Interval"), is: aDocument, event: event{label: "Message", category: kg.CategoryConsult, mode: "message",
		start: []string{"date", "startDate", "authoredAt", "publishedAt"}, point: true, roles: []role{{"sender", kg.RoleInitiator, ""}, {"recipients", kg.RoleRecipient, ""}}}},

	"Event": {extends: from("Interval", "Thing"), is: anEvent, event: event{label: "Event", category: kg.CategoryOther, start: started,
		roles: []role{{"organizer", kg.RoleInitiator, ""}, {"involved", kg.RoleParticipant, ""}}}},
	"Trip": {extends: from("Event"), is: anEvent, event: event{label: "Trip", category: kg.CategoryOther, mode: "trip", start: started,
		roles: []role{{"organizer", kg.RoleInitiator, ""}, {"involved", kg.RoleParticipant, ""}, {"vehicle", kg.RoleParticipant, "vehicle"}}}},
	"Call": {extends: from("Interval"), is: anEvent, event: event{label: "Call", category: kg.CategoryConsult, mode: "phone", start: started, point: true,
		roles: []role{{"caller", kg.RoleInitiator, ""}, {"receiver", kg.RoleRecipient, ""}}}},
	"Payment": {extends: from("Interval", "Value"), is: anEvent, event: event{label: "Payment", category: kg.CategoryOther, mode: "payment", start: started, point: true,
		roles: []role{{"payer", kg.RoleInitiator, ""}, {"beneficiary", kg.RoleRecipient, ""}}, partOf: []string{"contract", "project"}}},
	"Sanction": {extends: from("Interval"), is: anEvent, event: event{label: "Sanction", category: kg.CategorySanction, start: []string{"startDate", "listingDate", "date"},
		point: true, roles: []role{{"entity", kg.RoleRecipient, ""}}}},
	"Risk": {extends: from("Interval"), is: anEvent, event: event{label: "Risk", category: kg.CategoryOther, mode: "risk", start: []string{"startDate", "date", "listingDate"},
		roles: []role{{"entity", kg.RoleRecipient, ""}}}},
	"CourtCase": {extends: from("Thing"), is: anEvent, event: event{label: "Court case", category: kg.CategoryOther, mode: "court-case", start: []string{"fileDate"}}},
	"CallForTenders": {extends: from("Interval", "Thing"), is: anEvent, event: event{label: "Call for tenders", category: kg.CategoryRequest, mode: "tender",
		start: []string{"publicationDate", "startDate", "date"}, point: true,
		roles: []role{{"authority", kg.RoleInitiator, ""}, {"onBehalfOf", kg.RoleInitiator, "on whose behalf"}, {"tenderers", kg.RoleParticipant, "tenderer"}}}},
	"Contract": {extends: from("Asset"), is: anEvent, event: event{label: "Contract", category: kg.CategoryAgree, mode: "contract", start: []string{"contractDate"}, point: true,
		roles: []role{{"authority", kg.RoleInitiator, ""}}, partOf: []string{"project"}}},
	"License": {extends: from("Contract"), is: anEvent, event: event{label: "License", category: kg.CategoryAgree, mode: "license", start: []string{"contractDate"}, point: true,
		roles: []role{{"authority", kg.RoleInitiator, ""}}, partOf: []string{"project"}}},
	"Project": {extends: from("Interval", "Thing", "Value"), is: anEvent, event: event{label: "Project", category: kg.CategoryOther, mode: "project", start: started}},
	"EconomicActivity": {extends: from("Interval"), is: anEvent, event: event{label: "Shipment", category: kg.CategoryOther, mode: "trade", start: started, point: true,
		roles: []role{{"sender", kg.RoleInitiator, ""}, {"receiver", kg.RoleRecipient, ""}, {"declarant", kg.RoleParticipant, "declarant"},
			{"contractHolder", kg.RoleParticipant, "contract holder"}, {"transport", kg.RoleParticipant, "transport"}}, partOf: []string{"contract"}}},

	"Membership":     affiliation("Interest", "member", "organization", kg.AffiliationMembership, ""),
	"Employment":     affiliation("Interest", "employee", "employer", kg.AffiliationEmployment, ""),
	"Occupancy":      affiliation("Interval", "holder", "post", kg.AffiliationOffice, ""),
	"Directorship":   affiliation("Interest", "director", "organization", kg.AffiliationOffice, "director"),
	"Representation": affiliation("Interest", "agent", "client", kg.AffiliationRepresentation, ""),
	"Ownership":      affiliation("Interest", "owner", "asset", kg.AffiliationControl, "owner"),
	"Control":        affiliation("Interest", "controller", "controlled", kg.AffiliationControl, ""),
	"Family":         affiliation("Interval", "person", "relative", kg.AffiliationFamily, ""),
	"Associate":      affiliation("Interval", "person", "associate", kg.AffiliationOther, "associate"),
	"Succession":     affiliation("Interest", "predecessor", "successor", kg.AffiliationOther, "predecessor"),
	"Debt":           affiliation("Interval", "debtor", "creditor", kg.AffiliationOther, "debtor"),

	"CourtCaseParty":     part("party", "case", kg.RoleParticipant),
	"ProjectParticipant": part("participant", "project", kg.RoleParticipant),
	"ContractAward":      part("supplier", "contract", kg.RoleRecipient),

	"UnknownLink":   {extends: from("Interest"), is: aLink, edge: edge{from: "subject", to: "object", typ: kg.AffiliationOther, role: kg.RoleParticipant}},
	"Documentation": {extends: from("Interest"), is: aLink, edge: edge{from: "document", to: "entity"}},

	"Identification": {extends: from("Interval"), is: aPaper}, "Passport": {extends: from("Identification"), is: aPaper},

	"Mention": {}, "Note": {extends: from("Thing")}, "Page": {}, "Similar": {}, "TaxRoll": {extends: from("Interval")},
}

// descends says whether a schema is another, or extends it.
func descends(name, from string) bool {
	if name == from {
		return true
	}
	for _, parent := range schemata[name].extends {
		if descends(parent, from) {
			return true
		}
	}
	return false
}
