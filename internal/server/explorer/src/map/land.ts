// The land and its borders, from Natural Earth. The borders are only a background, no source claims them.
import { signal } from '@preact/signals';
import type { Paper } from '../marks/colours';
import type { Camera } from '../state/view';
import { readFile } from '../api/files';
import type { Size } from './mercator';

/** The files of the build. */
declare const LAND_COARSE: string;
declare const LAND_FINE: string;

/** From this zoom on the finer drawing is used, which is six times as large. */
const fineZoom = 4.5;

export interface Land {
  /** Paints the land and its borders for a camera. */
  paint: (context: CanvasRenderingContext2D, camera: Camera, size: Size, paper: Paper) => void;
}

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
  Promise.all([readFile(name), import('./shapes')])
    .then(([file, shapes]) => {
      into.value = shapes.landOf(shapes.readShapes(file));
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
    land?.paint(context, camera, size, paper);
  }
  return { camera, picture };
}
