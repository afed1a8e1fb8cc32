package draft

// role is what a column seems to contain.
type role int

const (
	colRowID role = iota
	colPublished
	colDay
	colLastDay
	colLatitude
	colLongitude
	colPoint
	colCountry
	colCountryCode
	colProvince
	colDistrict
	colPlace
	colKilled
	colKilledLow
	colKilledHigh
	colKilledCivilians
	colWounded
	colMissing
	colCaptured
	colDisplaced
	colURL
	colOutlet
	colKindOfEvent
	colKindCode
	colFirstSide
	colSecondSide
	colTitle
	colSummary
)
