package kg

import "math"

// EarthRadiusKm is the mean radius of the WGS84 ellipsoid, (2a+b)/3.
const EarthRadiusKm = 6371.0087714

// DistanceKm returns the great-circle distance in kilometres, by the haversine formula.
func DistanceKm(a, b Point) float64 {
	const rad = math.Pi / 180
	dLat, dLon := (b.Latitude-a.Latitude)*rad, (b.Longitude-a.Longitude)*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a.Latitude*rad)*math.Cos(b.Latitude*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * EarthRadiusKm * math.Asin(math.Min(1, math.Sqrt(h)))
}
