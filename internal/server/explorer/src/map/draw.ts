// Paints the map's marks over the land.
import { categorySign, colourOf, type Paper } from '../marks/colours';
import { type Difference, differenceColour, paintDifference } from '../marks/difference';
import { hatch } from '../marks/hatch';
import type { Box, Camera } from '../state/view';
import type { Ring } from './extents';
import type { Backdrop } from './land';
import { lineToScreen, pixelsPerKm, type Point, type Size, toScreen, worldSize } from './mercator';

export interface Mark {
  longitude: number;
  latitude: number;
  events: number;
  /** The place is somewhere in this circle, in kilometres; absent if it is known exactly, or not how precisely. */
  radiusKm?: number;
  /** The place is an area with these edges. */
  rings?: Ring[];
  /** Some of the events are at places that are known no better than to this circle, in kilometres. */
  ringKm?: number;
  /** The id of the place, if all events are at one. */
  place?: string;
  /** The only event, if there is one. */
  event?: { id: string; name: string; category: string };
  /** What differs from the earlier moment of knowledge, and how many events there are more than at it. */
  difference?: Difference;
  more?: number;
  /** All events here at the earlier moment are lost. */
  former?: true;
}

export interface MapScene {
  camera: Camera;
  backdrop: Backdrop | undefined;
  marks: Mark[];
  chosen: string | undefined;
  focused: number | undefined;
  box: Box | undefined;
  brush: { from: Point; to: Point } | undefined;
  paper: Paper;
  language: string;
}

const font = '12px system-ui, "Noto Naskh Arabic", sans-serif';

/** Returns the radius of a mark, whose area grows with the number of events. It is not smaller than its precision. */
export function radiusOf({ events, radiusKm, latitude }: Mark, { zoom }: Camera): number {
  const own = events === 1 ? 8 : Math.min(34, 7 + 1.6 * Math.sqrt(events));
  return radiusKm === undefined ? own : Math.max(own, radiusKm * pixelsPerKm(zoom, latitude));
}

/** Returns the radius of the ring around a mark, or undefined if it has none or the mark covers it. */
export function ringOf(mark: Mark, camera: Camera): number | undefined {
  if (mark.ringKm === undefined) return undefined;
  const ring = mark.ringKm * pixelsPerKm(camera.zoom, mark.latitude);
  return ring > radiusOf(mark, camera) + 2 ? ring : undefined;
}

export function paint(context: CanvasRenderingContext2D, scene: MapScene, size: Size): void {
  const { paper, camera } = scene;
  context.fillStyle = paper.raised;
  context.fillRect(0, 0, size.width, size.height);
  if (scene.backdrop) paintBackdrop(context, scene.backdrop, camera, size, paper);
  if (scene.box) paintBox(context, scene.box, scene, size);

  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const numbers = new Intl.NumberFormat(`${scene.language}-u-nu-latn`, { notation: 'compact' });
  // The rings are below all marks, so that they cover none.
  for (const mark of scene.marks) {
    const ring = ringOf(mark, camera);
    if (ring !== undefined) paintRing(context, toScreen(camera, size, mark.longitude, mark.latitude), ring, paper);
  }
  for (const { rings, event } of scene.marks)
    if (rings) paintArea(context, rings, scene, size, event ? colourOf(event.category) : paper.accent);
  scene.marks.forEach((mark, i) => {
    const { x, y } = toScreen(camera, size, mark.longitude, mark.latitude);
    const radius = radiusOf(mark, camera);
    if (x < -radius || y < -radius || x > size.width + radius || y > size.height + radius) return;
    paintMark(context, mark, { x, y }, radius, paper, numbers);
    const chosen = mark.event !== undefined && mark.event.id === scene.chosen;
    if (chosen || i === scene.focused) {
      context.beginPath();
      context.arc(x, y, radius + 3, 0, 2 * Math.PI);
      context.lineWidth = 3;
      context.strokeStyle = chosen ? paper.ink : paper.accent;
      context.stroke();
    }
  });
  if (scene.brush) {
    const { from, to } = scene.brush;
    context.strokeStyle = paper.accent;
    context.lineWidth = 2;
    context.strokeRect(from.x, from.y, to.x - from.x, to.y - from.y);
  }
}

/** Paints an area hatched, because its events may be anywhere in it. */
function paintArea(
  context: CanvasRenderingContext2D,
  rings: Ring[],
  { camera }: MapScene,
  size: Size,
  colour: string,
): void {
  context.beginPath();
  for (const ring of rings) {
    lineToScreen(camera, size, ring).forEach(({ x, y }, i) => {
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.closePath();
  }
  context.globalAlpha = 0.4;
  context.fillStyle = hatch(context, colour);
  context.fill('evenodd');
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.strokeStyle = colour;
  context.setLineDash([6, 4]);
  context.stroke();
  context.setLineDash([]);
}

function paintRing(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, paper: Paper): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.globalAlpha = 0.25;
  context.fillStyle = hatch(context, paper.accent);
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1;
  context.strokeStyle = paper.accent;
  context.setLineDash([6, 4]);
  context.stroke();
  context.setLineDash([]);
}

function paintMark(
  context: CanvasRenderingContext2D,
  mark: Mark,
  { x, y }: Point,
  radius: number,
  paper: Paper,
  numbers: Intl.NumberFormat,
): void {
  const { difference, former } = mark;
  const imprecise = mark.radiusKm !== undefined || mark.rings !== undefined;
  const colour = mark.event ? colourOf(mark.event.category) : paper.accent;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.globalAlpha = former ? 0.6 : imprecise ? 0.5 : 0.85;
  context.fillStyle = former ? paper.paper : imprecise ? hatch(context, colour) : colour;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = difference ? 2.5 : 1.5;
  const outline = imprecise ? colour : paper.paper;
  context.strokeStyle = difference ? differenceColour(difference, paper) : outline;
  context.setLineDash(difference === 'lost' ? [3, 2] : imprecise ? [6, 4] : []);
  context.stroke();
  context.setLineDash([]);
  const text = mark.event ? categorySign(mark.event.category) : numbers.format(mark.events);
  if (mark.event ?? mark.events > 1) {
    if (imprecise) {
      // Hatching would cross the text.
      context.lineWidth = 4;
      context.strokeStyle = paper.paper;
      context.strokeText(text, x, y + 0.5);
    }
    context.fillStyle = former ? paper.muted : imprecise ? paper.ink : paper.paper;
    context.fillText(text, x, y + 0.5);
  }
  if (difference) paintDifference(context, difference, { x: x + radius * 0.7, y: y - radius * 0.7 }, 6, paper);
}

/** Paints the land, or the last picture of it where it is for the current camera. */
function paintBackdrop(
  context: CanvasRenderingContext2D,
  backdrop: Backdrop,
  current: Camera,
  size: Size,
  paper: Paper,
): void {
  if ('land' in backdrop) {
    backdrop.land.paint(context, current, size, paper);
    return;
  }
  const { camera, picture } = backdrop;
  const scale = worldSize(current.zoom) / worldSize(camera.zoom);
  const middle = toScreen(current, size, camera.longitude, camera.latitude);
  const [width, height] = [size.width * scale, size.height * scale];
  context.drawImage(picture, middle.x - width / 2, middle.y - height / 2, width, height);
}

function paintBox(context: CanvasRenderingContext2D, box: Box, { camera, paper }: MapScene, size: Size): void {
  const a = toScreen(camera, size, box.west, box.north);
  const b = toScreen(camera, size, box.east, box.south);
  context.strokeStyle = paper.accent;
  context.lineWidth = 2;
  context.setLineDash([6, 4]);
  context.strokeRect(a.x, a.y, b.x - a.x, b.y - a.y);
  context.setLineDash([]);
}
