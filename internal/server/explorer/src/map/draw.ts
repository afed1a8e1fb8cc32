// Paints the map's marks over the land.
import { colourOf, type Paper } from '../marks/colours';
import type { Box, Camera } from '../state/view';
import { type Backdrop, paintLand } from './land';
import { type Point, type Size, toScreen, worldSize } from './mercator';

export interface Mark {
  longitude: number;
  latitude: number;
  events: number;
  /** The only event, if there is one. */
  event?: { id: string; name: string; category: string };
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

/** Returns the radius of a mark, whose area grows with the number of events. */
export function radiusOf(events: number): number {
  return events === 1 ? 6 : Math.min(34, 7 + 1.6 * Math.sqrt(events));
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
  scene.marks.forEach((mark, i) => {
    const { x, y } = toScreen(camera, size, mark.longitude, mark.latitude);
    const radius = radiusOf(mark.events);
    if (x < -radius || y < -radius || x > size.width + radius || y > size.height + radius) return;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.globalAlpha = 0.85;
    context.fillStyle = mark.event ? colourOf(mark.event.category) : paper.accent;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    context.strokeStyle = paper.paper;
    context.stroke();
    if (mark.events > 1) {
      context.fillStyle = paper.paper;
      context.fillText(numbers.format(mark.events), x, y + 0.5);
    }
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

/** Paints the land, or the last picture of it where it is for the current camera. */
function paintBackdrop(
  context: CanvasRenderingContext2D,
  backdrop: Backdrop,
  current: Camera,
  size: Size,
  paper: Paper,
): void {
  if ('land' in backdrop) {
    paintLand(context, backdrop.land, current, size, paper);
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
