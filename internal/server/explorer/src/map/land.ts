// The land and its borders, from Natural Earth. The borders are only a background, no source claims them.
import { geoMercator, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { Feature, MultiLineString } from 'geojson';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { signal } from '@preact/signals';
import type { Paper } from '../marks/colours';
import type { Camera } from '../state/view';
import { readFile } from '../api/files';
import { type Size, worldSize } from './mercator';

/** The files of the build. */
declare const LAND_COARSE: string;
declare const LAND_FINE: string;

/** From this zoom on the finer drawing is used, which is six times as large. */
const fineZoom = 4.5;

export interface Land {
  land: Feature;
  borders: MultiLineString;
}

type World = Topology<{ land: GeometryCollection; countries: GeometryCollection }>;

/** The loaded drawings. */
const coarse = signal<Land | undefined>(undefined);
const fine = signal<Land | undefined>(undefined);
const asked = new Set<string>();

/** Returns the drawing for a zoom, and begins to load it if it is not there. */
export function landAt(zoom: number): Land | undefined {
  load(LAND_COARSE, coarse);
  if (zoom >= fineZoom) load(LAND_FINE, fine);
  return zoom >= fineZoom ? (fine.value ?? coarse.value) : coarse.value;
}

function load(name: string, into: { value: Land | undefined }): void {
  if (asked.has(name)) return;
  asked.add(name);
  readFile(name)
    .then((file) => {
      const world = file as World;
      const { land, countries } = world.objects;
      into.value = {
        land: feature(world, land) as unknown as Feature,
        borders: mesh(world, countries, (a, b) => a !== b),
      };
    })
    .catch(() => asked.delete(name)); // A later call requests it again; until then marks are drawn without land.
}

/** The land below the marks: a picture of it as a camera saw it, or itself, which takes long to paint. */
export type Backdrop = { camera: Camera; picture: HTMLCanvasElement } | { land: Land };

/** Draws the land for a camera. It takes longer than a frame, so a moving map shows the last picture, moved. */
export function drawLand(
  land: Land | undefined,
  camera: Camera,
  size: Size,
  paper: Paper,
  ratio: number,
): Backdrop {
  const picture = document.createElement('canvas');
  picture.width = Math.max(1, Math.round(size.width * ratio));
  picture.height = Math.max(1, Math.round(size.height * ratio));
  const context = picture.getContext('2d', { alpha: false });
  if (context) {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = paper.raised;
    context.fillRect(0, 0, size.width, size.height);
    if (land) paintLand(context, land, camera, size, paper);
  }
  return { camera, picture };
}

/** Paints the land and its borders for a camera. */
export function paintLand(
  context: CanvasRenderingContext2D,
  land: Land,
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
  path(land.land);
  context.fillStyle = paper.paper;
  context.fill();
  context.strokeStyle = paper.muted;
  context.lineWidth = 0.6;
  context.stroke();
  context.beginPath();
  path(land.borders);
  context.setLineDash([4, 3]);
  context.strokeStyle = paper.edge;
  context.lineWidth = 1;
  context.stroke();
  context.setLineDash([]);
}
