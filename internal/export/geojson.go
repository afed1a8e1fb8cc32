package export

import (
	"strconv"

	"casus/internal/edtf"
	"casus/internal/export/tolls"
	"casus/internal/kg"
)

// feature is one event at one place (RFC 7946).
type feature struct {
	Type       string            `json:"type"`
	ID         string            `json:"id"`
	Geometry   any               `json:"geometry"`
	Properties featureProperties `json:"properties"`
}

type featureProperties struct {
	Event       kg.ID              `json:"event"`
	Title       string             `json:"title"`
	Summary     string             `json:"summary,omitempty"`
	Time        string             `json:"time"`
	Start       string             `json:"start,omitempty"`
	End         string             `json:"end,omitempty"`
	TimePrec    edtf.TimePrecision `json:"timePrecision"`
	Category    kg.EventCategory   `json:"category"`
	Mode        string             `json:"mode,omitempty"`
	Modality    kg.Modality        `json:"modality"`
	Status      kg.ClaimStatus     `json:"status"`
	Voices      int                `json:"voices"`
	Killed      *int               `json:"killed,omitempty"`
	KilledLow   *int               `json:"killedLow,omitempty"`
	KilledHigh  *int               `json:"killedHigh,omitempty"`
	Wounded     *int               `json:"wounded,omitempty"`
	WoundedLow  *int               `json:"woundedLow,omitempty"`
	WoundedHigh *int               `json:"woundedHigh,omitempty"`
	// The contributions to the sums of the selection are on the first feature of an event, so that they add up.
	KilledContribution      *int `json:"killedContribution,omitempty"`
	KilledLowContribution   *int `json:"killedLowContribution,omitempty"`
	KilledHighContribution  *int `json:"killedHighContribution,omitempty"`
	WoundedContribution     *int `json:"woundedContribution,omitempty"`
	WoundedLowContribution  *int `json:"woundedLowContribution,omitempty"`
	WoundedHighContribution *int `json:"woundedHighContribution,omitempty"`

	Location  kg.ID           `json:"location"`
	Place     string          `json:"place"`
	PlaceKind kg.LocationKind `json:"placeKind"`
	PlaceRole kg.LocationRole `json:"placeRole"`
	Country   string          `json:"country,omitempty"`
	Precision int             `json:"placePrecision,omitempty"`
	RadiusKm  float64         `json:"placeRadiusKm,omitempty"`
}

// geojson writes a feature for each event at each place that has a point.
func geojson(x *exporter) error {
	added, err := x.contributions()
	if err != nil {
		return err
	}
	x.text(`{"type":"FeatureCollection",`)
	if x.Origin != nil {
		x.text(`"casus":`)
		if err := x.json(x.Origin); err != nil {
			return err
		}
		x.text(",")
	}
	x.text(`"features":[`)
	x.summary.Why = "without a place that has a point"
	err = x.events(func(page []kg.Event) error {
		edges, err := x.edges(page, kg.WantLocations)
		if err != nil {
			return err
		}
		found, err := x.places(edges)
		if err != nil {
			return err
		}
		known := areas{}
		for i, e := range page {
			features := 0
			for _, l := range edges[i].Locations {
				at, _ := found[l.Location].(kg.Location)
				if at.Point == nil {
					continue
				}
				f := x.feature(e, l, at, known.find(at, l.Precision))
				if features++; features == 1 {
					f.Properties.addContributions(e, added)
				}
				x.beginItem("features")
				if err := x.json(f); err != nil {
					return err
				}
			}
			if features == 0 {
				x.summary.LeftOut++
			} else {
				x.count("events", 1)
			}
		}
		return nil
	})
	x.text("\n],\"leftOut\":" + strconv.Itoa(x.summary.LeftOut) + "}\n")
	return err
}

func (x *exporter) feature(e kg.Event, l kg.EventLocation, at kg.Location, within area) feature {
	f := feature{Type: "Feature", ID: string(e.ID) + "|" + string(l.Location) + "|" + string(l.Role)}
	f.Geometry = within.geometry
	f.Properties = featureProperties{
		Event: e.ID, Title: x.name(e.Titles), Summary: x.name(e.Summaries),
		Time: e.Time.EDTF, Start: bound(e.Time.Earliest), End: bound(e.Time.Latest), TimePrec: e.Time.Precision,
		Category: e.Category, Mode: e.Mode, Modality: e.Modality, Status: e.Status, Voices: e.Sources.Voices,
		Location: l.Location, Place: x.name(at.Names), PlaceKind: at.Kind, PlaceRole: l.Role,
		Country: at.Country, Precision: l.Precision, RadiusKm: within.radiusKm,
	}
	p := &f.Properties
	if k := e.Toll.Killed; k != nil {
		p.Killed, p.KilledLow, p.KilledHigh = k.Best, k.Low, k.High
	}
	if w := e.Toll.Wounded; w != nil {
		p.Wounded, p.WoundedLow, p.WoundedHigh = w.Best, w.Low, w.High
	}
	return f
}

// addContributions adds the contributions of an event to the sums of the selection.
func (p *featureProperties) addContributions(e kg.Event, added tolls.Contributions) {
	if k := added.Killed(e); k != nil {
		p.KilledContribution, p.KilledLowContribution, p.KilledHighContribution = &k.Best, &k.Low, k.High
	}
	if w := added.Wounded(e); w != nil {
		p.WoundedContribution, p.WoundedLowContribution, p.WoundedHighContribution = &w.Best, &w.Low, w.High
	}
}

// bound returns an instant as text; "" if it is unbounded.
func bound(i edtf.Instant) string {
	if !i.Bounded() {
		return ""
	}
	return i.String()
}
