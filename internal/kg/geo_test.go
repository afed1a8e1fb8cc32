package kg_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"casus/internal/kg"
)

// TestDistanceKm has distances between airports and cities from gazetteers, and exact ones from geometry.
func TestDistanceKm(t *testing.T) {
	const quarter = math.Pi / 2 * 6371.0087714
	tests := []struct {
		name            string
		a, b            kg.Point
		want, tolerance float64
	}{
		{
			"New York JFK to London Heathrow", kg.Point{Latitude: 40.6413, Longitude: -73.7781},
			kg.Point{Latitude: 51.47, Longitude: -0.4543}, 5540, 10,
		},
		{
			"Kyiv to Moscow", kg.Point{Latitude: 50.4501, Longitude: 30.5234}, kg.Point{Latitude: 55.7558, Longitude: 37.6173},
			756, 3,
		},
		{
			"Warsaw to Poznań", kg.Point{Latitude: 52.2296756, Longitude: 21.0122287},
			kg.Point{Latitude: 52.406374, Longitude: 16.9251681}, 278.5, 1,
		},
		{
			"Sydney to Santiago, over the antimeridian", kg.Point{Latitude: -33.8688, Longitude: 151.2093},
			kg.Point{Latitude: -33.4489, Longitude: -70.6693}, 11340, 30,
		},
		{"a degree of latitude", kg.Point{}, kg.Point{Latitude: 1}, 111.195, 0.001},
		{
			"a degree of longitude at 60 degrees north", kg.Point{Latitude: 60}, kg.Point{Latitude: 60, Longitude: 1}, 55.597,
			0.001,
		},
		{"equator to pole", kg.Point{Longitude: 77}, kg.Point{Latitude: 90, Longitude: -12}, quarter, 1e-6},
		{"pole to pole", kg.Point{Latitude: 90}, kg.Point{Latitude: -90}, 2 * quarter, 1e-6},
		{"antipodes", kg.Point{Latitude: 12, Longitude: 30}, kg.Point{Latitude: -12, Longitude: -150}, 2 * quarter, 1e-3},
		{
			"the antimeridian from both sides", kg.Point{Latitude: 10, Longitude: 180},
			kg.Point{Latitude: 10, Longitude: -180}, 0, 1e-6,
		},
		{"the same point", kg.Point{Latitude: 48, Longitude: 37}, kg.Point{Latitude: 48, Longitude: 37}, 0, 0},
	}
	for _, tt := range tests {
		for _, got := range []float64{kg.DistanceKm(tt.a, tt.b), kg.DistanceKm(tt.b, tt.a)} {
			if math.Abs(got-tt.want) > tt.tolerance {
				t.Errorf("%s: %.4f km, want %.4f", tt.name, got, tt.want)
			}
		}
	}
}

// TestDistanceAgainstVectors compares distances with the angle between vectors from the centre of the earth, a formula
// that is exact at every distance.
func TestDistanceAgainstVectors(t *testing.T) {
	vector := func(p kg.Point) [3]float64 {
		lat, lon := p.Latitude*math.Pi/180, p.Longitude*math.Pi/180
		return [3]float64{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
	}
	r := rand.New(rand.NewPCG(1, 8))
	for range 2000 {
		a, b := randomPoint(r), randomPoint(r)
		x, y := vector(a), vector(b)
		cross := math.Hypot(math.Hypot(x[1]*y[2]-x[2]*y[1], x[2]*y[0]-x[0]*y[2]), x[0]*y[1]-x[1]*y[0])
		want := 6371.0087714 * math.Atan2(cross, x[0]*y[0]+x[1]*y[1]+x[2]*y[2])
		if got := kg.DistanceKm(a, b); math.Abs(got-want) > 1e-3 {
			t.Errorf("%v to %v: %v km, want %v", a, b, got, want)
		}
	}
}

func randomPoint(r *rand.Rand) kg.Point {
	return kg.Point{Latitude: math.Asin(2*r.Float64()-1) * 180 / math.Pi, Longitude: 360*r.Float64() - 180}
}
