// How far places reach: circles and areas.
import type { Box } from '../state/view';

/** A ring of longitudes and latitudes in degrees, closed. */
export type Ring = (readonly [longitude: number, latitude: number])[];

/** What sources state about how far a place reaches. The shape is the text of a GeoJSON geometry. */
export interface Stated {
  radiusKm: number | null;
  box: Box | null;
  shape: string | null;
}

export interface Extent {
  radiusKm?: number;
  rings?: Ring[];
}

/** Returns the extent of a place: its shape, else its box, else the circle around its point; undefined without any. */
export function extentOf({ radiusKm, box, shape }: Stated): Extent | undefined {
  if (shape !== null) return { rings: ringsOf(shape) };
  if (box) return { rings: [around(box)] };
  return radiusKm === null ? undefined : { radiusKm };
}

function ringsOf(shape: string): Ring[] {
  const geometry = JSON.parse(shape) as
    { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] };
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
}

/** Returns what a cell has in common with a box that it reaches into; the cell if the box crosses the antimeridian. */
export function common(cell: Box, box: Box | undefined): Box {
  if (!box || box.west > box.east) return cell;
  return {
    west: Math.max(cell.west, box.west),
    south: Math.max(cell.south, box.south),
    east: Math.min(cell.east, box.east),
    north: Math.min(cell.north, box.north),
  };
}

/** Returns the edge of a box, which may cross the antimeridian: its longitudes go on beyond 180 degrees then. */
function around({ west, south, east, north }: Box): Ring {
  const end = east < west ? east + 360 : east;
  return [
    [west, south],
    [end, south],
    [end, north],
    [west, north],
    [west, south],
  ];
}
