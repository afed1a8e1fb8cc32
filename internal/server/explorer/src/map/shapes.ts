// The shapes of the land, which are loaded with the file that has them.
import { geoMercator, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { Feature, MultiLineString } from 'geojson';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Paper } from '../marks/colours';
import type { Camera } from '../state/view';
import type { Land } from './land';
import { type Size, worldSize } from './mercator';

export interface Shapes {
  land: Feature;
  borders: MultiLineString;
}

type World = Topology<{ land: GeometryCollection; countries: GeometryCollection }>;

/** Returns the shapes of a file of the build. */
export function readShapes(file: unknown): Shapes {
  const world = file as World;
  const { land, countries } = world.objects;
  return {
    land: feature(world, land) as unknown as Feature,
    borders: mesh(world, countries, (a, b) => a !== b),
  };
}

/** Returns the drawing of shapes. */
export function landOf(shapes: Shapes): Land {
  return { paint: (context, camera, size, paper) => paint(shapes, context, camera, size, paper) };
}

function paint(
  { land, borders }: Shapes,
  context: CanvasRenderingContext2D,
  camera: Camera,
  size: Size,
  paper: Paper,
): void {
  const projection = geoMercator()
    .scale(worldSize(camera.zoom) / (2 * Math.PI))
    .rotate([-camera.longitude, 0])
    .center([0, camera.latitude])
    .translate([size.width / 2, size.height / 2])
    .clipExtent([
      [-20, -20],
      [size.width + 20, size.height + 20],
    ]);
  const path = geoPath(projection, context);
  context.beginPath();
  path(land);
  context.fillStyle = paper.paper;
  context.fill();
  context.strokeStyle = paper.muted;
  context.lineWidth = 0.6;
  context.stroke();
  context.beginPath();
  path(borders);
  context.setLineDash([4, 3]);
  context.strokeStyle = paper.edge;
  context.lineWidth = 1;
  context.stroke();
  context.setLineDash([]);
}
