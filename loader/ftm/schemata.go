package ftm

import "casus/internal/kg"

// target is the kind of record that entities of a schema become.
type target byte

const (
	targetNone          target = iota // the graph cannot represent them
	targetAbstract                    // only descendants of the schema have entities
	targetActor                       // a party, or a thing with an owner
	targetLocation                    // a place
	targetDocument                    // a text
	targetEvent                       // something that happened
	targetAffiliation                 // an edge between an actor and another actor or a place
	targetParticipation               // an edge between an actor and an event
	targetLink                        // an edge whose meaning depends on its ends
	targetPaper                       // a paper that identifies its holder; it becomes a part of the holder
)

// schema is a FollowTheMoney schema (https://followthemoney.tech/explorer/) and its target.
type schema struct {
	extends []string
	target  target
	kind    string // of an actor or a location
	edge    edge
	event   event
}

// edge is an affiliation, a participation or a link: the properties that name its ends, and what it becomes.
type edge struct {
	from, to string
	typ      kg.AffiliationType
	role     kg.ParticipantRole
	position string // default
}

// event is the kind of act that an entity is, and the properties that name its participants.
type event struct {
	label    string
	category kg.EventCategory
	mode     string
	start    []string // properties; the first one present is used
	point    bool     // momentary: without an end date it ends when it begins
	roles    []role
	partOf   []string
}

// role is the part that the nodes of a property play in an event.
type role struct {
	property string
	role     kg.ParticipantRole
	capacity string
}

func parents(parents ...string) []string { return parents }

func personSchema(extends string) schema {
	return schema{extends: parents(extends), target: targetActor, kind: string(kg.ActorPerson)}
}

func assetSchema(parents ...string) schema {
	return schema{extends: parents, target: targetActor, kind: string(kg.ActorUnidentified)}
}

func documentSchema(parents ...string) schema {
	return schema{extends: parents, target: targetDocument}
}

func affiliationSchema(parent, holder, counterpart string, typ kg.AffiliationType, position string) schema {
	return schema{
		extends: parents(parent), target: targetAffiliation,
		edge: edge{from: holder, to: counterpart, typ: typ, position: position},
	}
}

func participationSchema(who, of string, r kg.ParticipantRole) schema {
	return schema{extends: parents("Interest"), target: targetParticipation, edge: edge{from: who, to: of, role: r}}
}

func eventSchema(extends []string, e event) schema {
	return schema{extends: extends, target: targetEvent, event: e}
}

var defaultStart = []string{"startDate", "date"}

// schemata are the schemata of FollowTheMoney 4 by name.
var schemata = map[string]schema{
	"Thing": {target: targetAbstract}, "Interval": {target: targetAbstract},
	"Interest": {extends: parents("Interval"), target: targetAbstract},
	"Value":    {target: targetAbstract}, "Analyzable": {target: targetAbstract},

	"LegalEntity":  {extends: parents("Thing"), target: targetActor, kind: string(kg.ActorUnidentified)},
	"Person":       personSchema("LegalEntity"),
	"Organization": {extends: parents("LegalEntity"), target: targetActor, kind: string(kg.ActorOrganization)},
	"Company":      {extends: parents("Organization", "Asset"), target: targetActor, kind: string(kg.ActorCompany)},
	"PublicBody":   {extends: parents("Organization"), target: targetActor, kind: string(kg.ActorGovernment)},
	"Position":     {extends: parents("Thing"), target: targetActor, kind: string(kg.ActorOrganization)},
	"Asset":        assetSchema("Thing"), "Vehicle": assetSchema("Asset"), "Vessel": assetSchema("Vehicle"),
	"Airplane": assetSchema("Vehicle"),
	"Security": assetSchema("Asset"), "BankAccount": assetSchema("Asset"), "CryptoWallet": assetSchema("Thing"),
	"UserAccount": assetSchema("Thing"),

	"Address":    {extends: parents("Thing"), target: targetLocation, kind: string(kg.LocationFacility)},
	"RealEstate": {extends: parents("Asset"), target: targetLocation, kind: string(kg.LocationFacility)},
	"Territory":  {extends: parents("Thing"), target: targetLocation, kind: string(kg.LocationRegion)},

	"Document": documentSchema("Thing"), "Folder": documentSchema("Document"), "Package": documentSchema("Folder"),
	"Workbook": documentSchema("Folder"), "PlainText": documentSchema("Document"), "HyperText": documentSchema("Document"),
	"Article": documentSchema("Document"), "Pages": documentSchema("Document"), "Table": documentSchema("Document"),
	"Image": documentSchema("Document"), "Audio": documentSchema("Document"), "Video": documentSchema("Document"),
	"Email": {
		extends: parents("Folder", "PlainText", "HyperText"), target: targetDocument,
		event: event{
			label: "Email", category: kg.CategoryConsult, mode: "email", point: true,
			start: []string{"date", "authoredAt", "publishedAt"},
			roles: []role{{"emitters", kg.RoleInitiator, ""}, {"recipients", kg.RoleRecipient, ""}},
		},
	},
	"Message": {
		extends: parents("Folder", "PlainText", "HyperText", "Interval"), target: targetDocument,
		event: event{
			label: "Message", category: kg.CategoryConsult, mode: "message", point: true,
			start: []string{"date", "startDate", "authoredAt", "publishedAt"},
			roles: []role{{"sender", kg.RoleInitiator, ""}, {"recipients", kg.RoleRecipient, ""}},
		},
	},

	"Event": eventSchema(parents("Interval", "Thing"), event{
		label: "Event", category: kg.CategoryOther, start: defaultStart,
		roles: []role{{"organizer", kg.RoleInitiator, ""}, {"involved", kg.RoleParticipant, ""}},
	}),
	"Trip": eventSchema(parents("Event"), event{
		label: "Trip", category: kg.CategoryOther, mode: "trip", start: defaultStart,
		roles: []role{
			{"organizer", kg.RoleInitiator, ""}, {"involved", kg.RoleParticipant, ""},
			{"vehicle", kg.RoleParticipant, "vehicle"},
		},
	}),
	"Call": eventSchema(parents("Interval"), event{
		label: "Call", category: kg.CategoryConsult, mode: "phone", start: defaultStart, point: true,
		roles: []role{{"caller", kg.RoleInitiator, ""}, {"receiver", kg.RoleRecipient, ""}},
	}),
	"Payment": eventSchema(parents("Interval", "Value"), event{
		label: "Payment", category: kg.CategoryOther, mode: "payment", start: defaultStart, point: true,
		roles:  []role{{"payer", kg.RoleInitiator, ""}, {"beneficiary", kg.RoleRecipient, ""}},
		partOf: []string{"contract", "project"},
	}),
	"Sanction": eventSchema(parents("Interval"), event{
		label: "Sanction", category: kg.CategorySanction, point: true,
		start: []string{"startDate", "listingDate", "date"},
		roles: []role{{"entity", kg.RoleRecipient, ""}},
	}),
	"Risk": eventSchema(parents("Interval"), event{
		label: "Risk", category: kg.CategoryOther, mode: "risk",
		start: []string{"startDate", "date", "listingDate"},
		roles: []role{{"entity", kg.RoleRecipient, ""}},
	}),
	"CourtCase": eventSchema(parents("Thing"), event{
		label: "Court case", category: kg.CategoryOther, mode: "court-case", start: []string{"fileDate"},
	}),
	"CallForTenders": eventSchema(parents("Interval", "Thing"), event{
		label: "Call for tenders", category: kg.CategoryRequest, mode: "tender", point: true,
		start: []string{"publicationDate", "startDate", "date"},
		roles: []role{
			{"authority", kg.RoleInitiator, ""}, {"onBehalfOf", kg.RoleInitiator, "on whose behalf"},
			{"tenderers", kg.RoleParticipant, "tenderer"},
		},
	}),
	"Contract": eventSchema(parents("Asset"), event{
		label: "Contract", category: kg.CategoryAgree, mode: "contract", start: []string{"contractDate"}, point: true,
		roles: []role{{"authority", kg.RoleInitiator, ""}}, partOf: []string{"project"},
	}),
	"License": eventSchema(parents("Contract"), event{
		label: "License", category: kg.CategoryAgree, mode: "license", start: []string{"contractDate"}, point: true,
		roles: []role{{"authority", kg.RoleInitiator, ""}}, partOf: []string{"project"},
	}),
	"Project": eventSchema(parents("Interval", "Thing", "Value"), event{
		label: "Project", category: kg.CategoryOther, mode: "project", start: defaultStart,
	}),
	"EconomicActivity": eventSchema(parents("Interval"), event{
		label: "Shipment", category: kg.CategoryOther, mode: "trade", start: defaultStart, point: true,
		roles: []role{
			{"sender", kg.RoleInitiator, ""}, {"receiver", kg.RoleRecipient, ""},
			{"declarant", kg.RoleParticipant, "declarant"}, {"contractHolder", kg.RoleParticipant, "contract holder"},
			{"transport", kg.RoleParticipant, "transport"},
		},
		partOf: []string{"contract"},
	}),

	"Membership":     affiliationSchema("Interest", "member", "organization", kg.AffiliationMembership, ""),
	"Employment":     affiliationSchema("Interest", "employee", "employer", kg.AffiliationEmployment, ""),
	"Occupancy":      affiliationSchema("Interval", "holder", "post", kg.AffiliationOffice, ""),
	"Directorship":   affiliationSchema("Interest", "director", "organization", kg.AffiliationOffice, "director"),
	"Representation": affiliationSchema("Interest", "agent", "client", kg.AffiliationRepresentation, ""),
	"Ownership":      affiliationSchema("Interest", "owner", "asset", kg.AffiliationControl, "owner"),
	"Control":        affiliationSchema("Interest", "controller", "controlled", kg.AffiliationControl, ""),
	"Family":         affiliationSchema("Interval", "person", "relative", kg.AffiliationFamily, ""),
	"Associate":      affiliationSchema("Interval", "person", "associate", kg.AffiliationOther, "associate"),
	"Succession":     affiliationSchema("Interest", "predecessor", "successor", kg.AffiliationOther, "predecessor"),
	"Debt":           affiliationSchema("Interval", "debtor", "creditor", kg.AffiliationOther, "debtor"),

	"CourtCaseParty":     participationSchema("party", "case", kg.RoleParticipant),
	"ProjectParticipant": participationSchema("participant", "project", kg.RoleParticipant),
	"ContractAward":      participationSchema("supplier", "contract", kg.RoleRecipient),

	"UnknownLink": {
		extends: parents("Interest"), target: targetLink,
		edge: edge{from: "subject", to: "object", typ: kg.AffiliationOther, role: kg.RoleParticipant},
	},
	"Documentation": {extends: parents("Interest"), target: targetLink, edge: edge{from: "document", to: "entity"}},

	"Identification": {extends: parents("Interval"), target: targetPaper},
	"Passport":       {extends: parents("Identification"), target: targetPaper},

	"Mention": {}, "Note": {extends: parents("Thing")}, "Page": {}, "Similar": {},
	"TaxRoll": {extends: parents("Interval")},
}

// descends reports whether a schema is, or extends, another.
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
