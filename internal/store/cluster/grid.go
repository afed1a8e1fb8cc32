package cluster

import (
	"math"

	"casus/internal/kg"
	"casus/internal/store"
)

// cell is a cell of the grid, counted from the north and from the antimeridian eastwards.
type cell struct{ row, column int }

// side returns the number of cells in a row or a column.
func side(zoom int) int { return 4 << zoom }

func cellOf(zoom int, p kg.Point) cell {
	side := float64(side(zoom))
	sin := math.Sin(p.Latitude * math.Pi / 180)
	south := 0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)
	east := (p.Longitude + 180) / 360
	within := func(share float64) int { return int(max(0, min(side-1, math.Floor(share*side)))) }
	return cell{within(south), within(east)}
}

// box returns the bounds of a cell, to 1e-9 degrees. The first and the last row reach to the poles.
func (c cell) box(zoom int) store.BoxFilter {
	side := side(zoom)
	longitude := func(column int) float64 { return degrees(float64(column)/float64(side)*360 - 180) }
	latitude := func(row int) float64 {
		switch row {
		case 0:
			return 90
		case side:
			return -90
		}
		return degrees(math.Atan(math.Sinh(math.Pi*(1-2*float64(row)/float64(side)))) * 180 / math.Pi)
	}
	return store.BoxFilter{
		West: longitude(c.column), South: latitude(c.row + 1), East: longitude(c.column + 1), North: latitude(c.row),
	}
}

// degrees rounds an angle, so that every machine computes the same.
func degrees(angle float64) float64 { return math.Round(angle*1e9)/1e9 + 0 }
