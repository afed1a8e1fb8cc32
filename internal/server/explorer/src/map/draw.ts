// Paints the map's marks over the land.
import { paintNames } from '../canvas/names';
import { Room } from '../canvas/room';
import { font } from '../canvas/text';
import { categorySign, colourOf, type Paper } from '../marks/colours';
import { compactFormat } from '../i18n/format';
import { type Difference, differenceColour, paintDifference } from '../marks/difference';
import { hatch } from '../marks/hatch';
import type { Box, Camera } from '../state/view';
import type { Ring } from './extents';
import type { Backdrop } from './land';
import { lineToScreen, type Point, type Size, toScreen, worldSize } from './mercator';
import { radiusOf, ringOf } from './radius';

export interface Mark {
  longitude: number;
  latitude: number;
  events: number;
  /** The name of its place: of a cell with several, the one of most events. */
  name?: string;
  /** The place is somewhere in this circle, in kilometres; absent if it is known exactly, or not how precisely. */
  radiusKm?: number;
  /** The places that are areas, each with its edges. */
  areas?: Ring[][];
  /** The places of some of the events are points, though those of others are circles or areas. */
  mixed?: true;
  /** Some of the events are at places that are known no better than to this circle, in kilometres. */
  ringKm?: number;
  /** The ids of the places and of the events, if they are known. */
  places?: string[];
  ids?: string[];
  /** The cell whose events the mark stands for. */
  cell?: Box;
  /** The only event, if there is one. */
  event?: { id: string; name: string; category: string };
  /** The distance to the nearest other mark, in widths of the world. */
  nearest?: number;
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
  /** The chosen event, and its point once that is known. */
  chosen: { id: string; point: { latitude: number; longitude: number } | null } | undefined;
  focused: number | undefined;
  box: Box | undefined;
  brush: { from: Point; to: Point } | undefined;
  paper: Paper;
  language: string;
}

/** A mark that is in the drawing. */
interface Shown {
  mark: Mark;
  x: number;
  y: number;
  radius: number;
  /** It is chosen, or the reader is on it. */
  wanted: boolean;
}

/** How many marks have names, those of most events. */
const mostNames = 30;
/** A mark with a larger radius has its name within it. */
const widestAround = 34;

export function paint(context: CanvasRenderingContext2D, scene: MapScene, size: Size): void {
  const { paper, camera } = scene;
  context.fillStyle = paper.raised;
  context.fillRect(0, 0, size.width, size.height);
  if (scene.backdrop) paintBackdrop(context, scene.backdrop, camera, size, paper);
  if (scene.box) paintBox(context, scene.box, scene, size);

  // The rings are below all marks, so that they cover none.
  for (const mark of scene.marks) {
    const ring = ringOf(mark, camera);
    if (ring !== undefined) paintRing(context, toScreen(camera, size, mark.longitude, mark.latitude), ring, paper);
  }
  for (const mark of scene.marks)
    for (const rings of mark.areas ?? []) paintArea(context, rings, scene, size, colourIn(mark, paper));
  const shown: Shown[] = [];
  scene.marks.forEach((mark, i) => {
    const { x, y } = toScreen(camera, size, mark.longitude, mark.latitude);
    const radius = radiusOf(mark, camera);
    if (x < -radius || y < -radius || x > size.width + radius || y > size.height + radius) return;
    paintMark(context, mark, { x, y }, radius, paper);
    const chosen = scene.chosen !== undefined && hasEvent(mark, scene.chosen);
    const wanted = chosen || i === scene.focused;
    shown.push({ mark, x, y, radius, wanted });
    if (wanted) {
      context.beginPath();
      context.arc(x, y, radius + 3, 0, 2 * Math.PI);
      context.lineWidth = 3;
      context.strokeStyle = chosen ? paper.ink : paper.accent;
      context.stroke();
    }
  });
  shown.sort((a, b) => b.mark.events - a.mark.events);
  paintTexts(context, shown, scene);
  paintPlaces(context, shown, size, paper);
  if (scene.brush) {
    const { from, to } = scene.brush;
    context.strokeStyle = paper.accent;
    context.lineWidth = 2;
    context.strokeRect(from.x, from.y, to.x - from.x, to.y - from.y);
  }
}

/** Reports whether an event is one of a mark's: of a cell with many, whether its point is there. */
export function hasEvent({ ids, event, cell }: Mark, { id, point }: NonNullable<MapScene['chosen']>): boolean {
  if (ids || event) return (ids ?? [event?.id]).includes(id);
  if (!cell || !point) return false;
  const { latitude, longitude } = point;
  return longitude >= cell.west && longitude < cell.east && latitude > cell.south && latitude <= cell.north;
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
  paintPossible(context, colour, 0.4, 1.5);
}

function paintRing(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, paper: Paper): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  paintPossible(context, paper.accent, 0.25, 1);
}

/** Hatches the current path, within which events may be, and dashes its edge. */
function paintPossible(context: CanvasRenderingContext2D, colour: string, alpha: number, width: number): void {
  context.globalAlpha = alpha;
  context.fillStyle = hatch(context, colour);
  context.fill('evenodd');
  context.globalAlpha = 1;
  context.lineWidth = width;
  context.strokeStyle = colour;
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
): void {
  const { difference, former } = mark;
  const imprecise = isImprecise(mark);
  const colour = colourIn(mark, paper);
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
}

/** Paints numbers and the signs of categories on their marks where there is room, in that order. */
function paintTexts(context: CanvasRenderingContext2D, shown: Shown[], { paper, language }: MapScene): void {
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const numbers = compactFormat(language);
  const room = new Room();
  for (const { mark, x, y, radius } of shown) {
    const { event, events, former, difference } = mark;
    const text = event ? categorySign(event.category) : events > 1 ? numbers.format(events) : '';
    const half = context.measureText(text).width / 2;
    // A halo carries a text over the edge of its mark.
    const hasRoom = half <= radius + 8 && room.fits({ left: x - half, right: x + half, top: y - 7, bottom: y + 7 });
    if (text !== '' && hasRoom) {
      const open = former ?? isImprecise(mark); // Hatching would cross the text.
      context.lineWidth = 3;
      context.strokeStyle = open ? paper.paper : colourIn(mark, paper);
      context.strokeText(text, x, y + 0.5);
      context.fillStyle = former ? paper.muted : open ? paper.ink : paper.paper;
      context.fillText(text, x, y + 0.5);
    }
    if (difference) paintDifference(context, difference, { x: x + radius * 0.7, y: y - radius * 0.7 }, 6, paper);
  }
}

/** Paints the names of places beside their marks where there is room. */
function paintPlaces(context: CanvasRenderingContext2D, shown: readonly Shown[], size: Size, paper: Paper): void {
  const marks = shown.map(({ mark, x, y, radius, wanted }, i) => ({
    x,
    y,
    radius: Math.min(radius, widestAround) + (wanted ? 5 : 0), // with the ring around it
    wanted,
    name: i < mostNames || wanted ? mark.name : '',
  }));
  paintNames(context, marks, size, paper);
}

/** Returns the colour of a mark: the one of the category if it has one event. */
function colourIn({ event }: Mark, paper: Paper): string {
  return event ? colourOf(event.category) : paper.accent;
}

/** Reports whether each place is an area, or somewhere in a circle. */
function isImprecise({ radiusKm, areas, mixed }: Mark): boolean {
  return radiusKm !== undefined || (areas !== undefined && !mixed);
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
