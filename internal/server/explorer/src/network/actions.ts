// What pointers and keys do in the network.
import type { Gestures, Point } from '../canvas/gestures';
import { open } from '../state/opened';
import { select, view } from '../state/store';
import { toggled } from '../state/view';
import { zoomAt } from './camera';
import { type NetworkScene, place } from './draw';
import type { Drawing } from './useScene';

export function gesturesOf(scene: () => NetworkScene | undefined, drawing: Drawing): Gestures {
  return {
    drag: (_from, _to, { dx, dy }) => {
      const camera = scene()?.camera;
      if (camera) drawing.camera.value = { ...camera, x: camera.x + dx, y: camera.y + dy };
    },
    zoom: (factor, at) => {
      const camera = scene()?.camera;
      if (camera) drawing.camera.value = zoomAt(camera, factor, at);
    },
    hover: (at) => {
      const current = scene();
      drawing.hovered.value = at && current && nodeAt(current, at);
    },
    click: (at) => {
      const current = scene();
      if (!current) return;
      const node = nodeAt(current, at);
      if (node !== undefined) choose(node);
      else openLink(linkAt(current, at));
    },
  };
}

export function onKeyDown(event: KeyboardEvent, scene: NetworkScene | undefined, drawing: Drawing): void {
  if (!scene || event.ctrlKey || event.metaKey || event.altKey) return;
  const { width, height } = drawing.size.peek();
  const zoom = (factor: number) => () =>
    (drawing.camera.value = zoomAt(scene.camera, factor, { x: width / 2, y: height / 2 }));
  const step = (direction: 1 | -1) => () => (drawing.focused.value = neighbour(scene, direction));
  const actions: Record<string, () => void> = {
    ArrowRight: step(1),
    ArrowDown: step(1),
    ArrowLeft: step(-1),
    ArrowUp: step(-1),
    '+': zoom(0.7),
    '=': zoom(0.7),
    '-': zoom(1 / 0.7),
    Home: () => (drawing.camera.value = undefined),
    Escape: () => (drawing.focused.value = undefined),
    Enter: () => listEvents(scene, drawing),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

/** Lists the events of the focused actor in a dialog next to it. */
function listEvents(scene: NetworkScene, drawing: Drawing): void {
  const index = scene.nodes.findIndex(({ id }) => id === scene.focused);
  const node = scene.nodes[index];
  if (!node) return;
  const at = place(scene, index);
  drawing.several.value = {
    conditions: { actors: [...new Set([...view.peek().selection.actors, node.id])] },
    former: node.difference === 'lost',
    at,
    zoomIn: () => (drawing.camera.value = zoomAt(scene.camera, 0.5, at)),
  };
}

/** Adds an actor to the selection, or removes it. */
function choose(id: string): void {
  select({ actors: toggled(view.peek().selection.actors, id) });
}

export function openLink(link: [string, string] | undefined): void {
  if (link) open({ link, event: undefined });
}

/** Returns the actor at a point. */
export function nodeAt(scene: NetworkScene, at: Point): string | undefined {
  const found = scene.nodes.findLastIndex((node, i) => {
    const { x, y } = place(scene, i);
    return Math.hypot(x - at.x, y - at.y) <= node.radius + 3;
  });
  return scene.nodes[found]?.id;
}

/** Returns the actors of the tie at a point. */
export function linkAt(scene: NetworkScene, at: Point): [string, string] | undefined {
  let best: { distance: number; ids: [string, string] } | undefined;
  for (const { source, target, width } of scene.links) {
    const distance = distanceToLine(at, place(scene, source), place(scene, target)) - width / 2;
    if (distance > 4 || (best && best.distance <= distance)) continue;
    best = { distance, ids: [scene.nodes[source]?.id ?? '', scene.nodes[target]?.id ?? ''] };
  }
  return best?.ids;
}

function distanceToLine(p: Point, a: Point, b: Point): number {
  const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
  const along =
    length === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length));
  return Math.hypot(p.x - a.x - along * (b.x - a.x), p.y - a.y - along * (b.y - a.y));
}

/** Returns the actor after the focused one: the API lists those with the most ties first. */
function neighbour(scene: NetworkScene, direction: 1 | -1): string | undefined {
  const now = scene.nodes.findIndex(({ id }) => id === scene.focused);
  return scene.nodes[(now + direction + scene.nodes.length) % scene.nodes.length]?.id;
}
