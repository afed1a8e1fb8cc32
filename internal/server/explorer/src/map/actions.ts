// What pointers and keys do on the map.
import type { Gestures, Point } from '../canvas/gestures';
import { open as openDetails } from '../state/opened';
import { change, select, view } from '../state/store';
import type { Camera } from '../state/view';
import type { MapScene } from './draw';
import { common } from './extents';
import { boxBetween, pan, type Size, toScreen, zoomAt } from './mercator';
import { radiusOf } from './radius';
import type { Drawing } from './useScene';

const closest = 14;

function show(camera: Camera): void {
  change({ camera });
}

/** Opens the event of a mark, or the list of its events. */
export function open({ marks, camera }: MapScene, index: number | undefined, drawing: Drawing): void {
  const mark = index === undefined ? undefined : marks[index];
  if (!mark) return;
  const { event, places, ids, cell, former, longitude, latitude } = mark;
  if (event) {
    openDetails({ event: event.id });
    return;
  }
  drawing.several.value = {
    conditions: {
      // The point, too, since a place may have others within.
      ...(places && { places, box: { west: longitude, south: latitude, east: longitude, north: latitude } }),
      ...(cell && { box: common(cell, view.peek().selection.box) }),
    },
    ids,
    former,
    at: toScreen(camera, drawing.size.peek(), longitude, latitude),
    zoomIn: () => show({ longitude, latitude, zoom: Math.min(closest, camera.zoom + 2) }),
  };
}

export function gesturesOf(scene: () => MapScene, drawing: Drawing): Gestures {
  return {
    drag: (from, to, { dx, dy, brush }) => {
      if (brush) drawing.brush.value = { from, to };
      else show(pan(scene().camera, dx, dy));
    },
    dragEnd: (from, to, brush) => {
      drawing.brush.value = undefined;
      if (brush) select({ box: boxBetween(scene().camera, drawing.size.peek(), from, to) });
    },
    zoom: (factor, at) => show(zoomAt(scene().camera, drawing.size.peek(), factor, at)),
    click: (at) => open(scene(), markAt(scene(), drawing.size.peek(), at), drawing),
  };
}

const moves: Record<string, [number, number]> = {
  ArrowLeft: [80, 0],
  ArrowRight: [-80, 0],
  ArrowUp: [0, 80],
  ArrowDown: [0, -80],
};

export function onKeyDown(event: KeyboardEvent, scene: MapScene, drawing: Drawing): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const size = drawing.size.peek();
  const middle = { x: size.width / 2, y: size.height / 2 };
  const zoom = (factor: number) => () => show(zoomAt(scene.camera, size, factor, middle));
  const move = moves[event.key];
  const actions: Record<string, () => void> = {
    '+': zoom(0.5),
    '=': zoom(0.5),
    '-': zoom(2),
    Home: () => change({ camera: undefined }),
    Escape: () => (drawing.focused.value = undefined),
    Enter: () => open(scene, drawing.focused.peek(), drawing),
  };
  const action = move
    ? () =>
        event.shiftKey ? show(pan(scene.camera, ...move)) : (drawing.focused.value = nextMark(scene, event.key))
    : actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

/** Returns the index of the mark at a point. */
export function markAt(scene: MapScene, size: Size, at: Point): number | undefined {
  const found = scene.marks.findLastIndex((mark) => {
    const { x, y } = toScreen(scene.camera, size, mark.longitude, mark.latitude);
    return Math.hypot(x - at.x, y - at.y) <= radiusOf(mark, scene.camera) + 2;
  });
  return found < 0 ? undefined : found;
}

/** Returns the mark after the focused one, the largest first. */
function nextMark(scene: MapScene, key: string): number | undefined {
  if (scene.marks.length === 0) return undefined;
  const direction = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
  if (scene.focused === undefined) return 0;
  return (scene.focused + direction + scene.marks.length) % scene.marks.length;
}
