// The projection of the map: Web Mercator, as the cells of the API's clusters.
import type { Box, Camera } from '../state/view';

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** Web Mercator ends here; the poles are infinitely far away. */
const greatestLatitude = 85.051129;
const tile = 256;
const greatestZoom = 16;

/** The width of the world in pixels. */
export function worldSize(zoom: number): number {
  return tile * 2 ** zoom;
}

/** Returns a place in the world's square: 0..1 from west to east and from north to south. */
export function project(longitude: number, latitude: number): Point {
  const bounded = Math.max(-greatestLatitude, Math.min(greatestLatitude, latitude));
  const sine = Math.sin((bounded * Math.PI) / 180);
  return { x: (longitude + 180) / 360, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}

/** The inverse of `project`. */
export function unproject({ x, y }: Point): { longitude: number; latitude: number } {
  return { longitude: x * 360 - 180, latitude: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI };
}

/** Returns where the points of a line are on the screen, in one piece: next to where its first point is. */
export function lineToScreen(
  camera: Camera,
  size: Size,
  line: readonly (readonly [longitude: number, latitude: number])[],
): Point[] {
  const [first] = line;
  if (!first) return [];
  const start = toScreen(camera, size, ...first);
  const world = worldSize(camera.zoom);
  return line.map(([longitude, latitude]) => ({
    x: start.x + ((longitude - first[0]) / 360) * world,
    y: toScreen(camera, size, longitude, latitude).y,
  }));
}

/** Returns where a place is on the screen. Of the copies of the world, the one nearest to the middle counts. */
export function toScreen(camera: Camera, size: Size, longitude: number, latitude: number): Point {
  const world = worldSize(camera.zoom);
  const middle = project(camera.longitude, camera.latitude);
  const place = project(longitude, latitude);
  const turns = Math.round(middle.x - place.x);
  return {
    x: (place.x + turns - middle.x) * world + size.width / 2,
    y: (place.y - middle.y) * world + size.height / 2,
  };
}

/** Returns the place at a point of the screen. */
export function fromScreen(camera: Camera, size: Size, at: Point): { longitude: number; latitude: number } {
  const world = worldSize(camera.zoom);
  const middle = project(camera.longitude, camera.latitude);
  return unproject({
    x: middle.x + (at.x - size.width / 2) / world,
    y: middle.y + (at.y - size.height / 2) / world,
  });
}

/** Returns a camera moved by pixels. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  const world = worldSize(camera.zoom);
  const middle = project(camera.longitude, camera.latitude);
  return bounded({ ...unproject({ x: middle.x - dx / world, y: middle.y - dy / world }), zoom: camera.zoom });
}

/** Returns a camera that shows `factor` times as much, with the place at a point where it was. */
export function zoomAt(camera: Camera, size: Size, factor: number, at: Point): Camera {
  const zoom = Math.max(0, Math.min(greatestZoom, camera.zoom - Math.log2(factor)));
  const middle = project(camera.longitude, camera.latitude);
  const shift = 1 / worldSize(camera.zoom) - 1 / worldSize(zoom);
  const next = { x: middle.x + (at.x - size.width / 2) * shift, y: middle.y + (at.y - size.height / 2) * shift };
  return bounded({ ...unproject(next), zoom });
}

/** Returns the camera that shows a box, with a margin. A box with west greater than east crosses the antimeridian. */
export function fit(box: Box, size: Size): Camera {
  const east = box.east < box.west ? box.east + 360 : box.east;
  const northWest = project(box.west, box.north);
  const southEast = project(east, box.south);
  const margin = 0.85;
  const zoom = Math.min(
    Math.log2((size.width * margin) / (tile * Math.max(1e-6, southEast.x - northWest.x))),
    Math.log2((size.height * margin) / (tile * Math.max(1e-6, southEast.y - northWest.y))),
    9,
  );
  const middle = unproject({ x: (northWest.x + southEast.x) / 2, y: (northWest.y + southEast.y) / 2 });
  return bounded({ ...middle, zoom: Math.max(0, zoom) });
}

/** Returns the box between two points of the screen. */
export function boxBetween(camera: Camera, size: Size, a: Point, b: Point): Box {
  const first = fromScreen(camera, size, { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) });
  const second = fromScreen(camera, size, { x: Math.max(a.x, b.x), y: Math.max(a.y, b.y) });
  return {
    west: wrap(first.longitude),
    north: first.latitude,
    east: wrap(second.longitude),
    south: second.latitude,
  };
}

/** Returns pixels for kilometres at a latitude. */
export function pixelsPerKm(zoom: number, latitude: number): number {
  const equator = 40_075.017;
  return worldSize(zoom) / (equator * Math.cos((Math.min(greatestLatitude, Math.abs(latitude)) * Math.PI) / 180));
}

function bounded(camera: Camera): Camera {
  const latitude = Math.max(-greatestLatitude, Math.min(greatestLatitude, camera.latitude));
  return { longitude: wrap(camera.longitude), latitude, zoom: camera.zoom };
}

/** Returns a longitude in -180..180. */
function wrap(longitude: number): number {
  return longitude >= -180 && longitude <= 180 ? longitude : ((((longitude + 180) % 360) + 360) % 360) - 180;
}
