// What pointers and keys do in the timeline.
import type { Gestures } from '../canvas/gestures';
import { change, select } from '../state/store';
import { barAt } from './bars';
import type { Scene } from './draw';
import { rowAt } from './layout';
import { dayText, momentAt, pan, type Scale, zoom } from './scale';
import type { Drawing } from './useScene';

export function show(next: Scale): void {
  change({ window: [Math.round(next.from), Math.round(next.to)] });
}

/** Zooms around the middle. */
export function zoomBy(scale: Scale | undefined, factor: number): void {
  if (scale) show(zoom(scale, factor, scale.width / 2));
}

export function gesturesOf(scene: () => Scene | undefined, drawing: Drawing): Gestures {
  return {
    drag: (from, to, { dx, brush }) => {
      const scale = scene()?.scale;
      if (!scale) return;
      if (brush) drawing.brush.value = { from: Math.min(from.x, to.x), to: Math.max(from.x, to.x) };
      else show(pan(scale, -dx));
    },
    dragEnd: (from, to, brush) => {
      const scale = scene()?.scale;
      drawing.brush.value = undefined;
      if (scale && brush)
        selectTime(momentAt(scale, Math.min(from.x, to.x)), momentAt(scale, Math.max(from.x, to.x)));
    },
    zoom: (factor, at) => {
      const scale = scene()?.scale;
      if (scale) show(zoom(scale, factor, at.x));
    },
    click: (at) => {
      const current = scene();
      if (!current) return;
      const { lane, row } = rowAt(current.layout, at.y);
      const bar = barAt(current.bars, lane, row, at.x);
      if (bar) change({ event: bar.id }, { step: true });
      else if (current.columns.length > 0) show(zoom(current.scale, 0.5, at.x));
    },
  };
}

export function onKeyDown(event: KeyboardEvent, current: Scene | undefined, drawing: Drawing): void {
  if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
  const { scale } = current;
  const arrow = (direction: 1 | -1) => () =>
    event.shiftKey ? show(pan(scale, direction * 60)) : (drawing.focused.value = step(current, direction));
  const actions: Record<string, () => void> = {
    ArrowRight: arrow(1),
    ArrowLeft: arrow(-1),
    '+': () => zoomBy(scale, 0.6),
    '=': () => zoomBy(scale, 0.6),
    '-': () => zoomBy(scale, 1 / 0.6),
    Home: () => change({ window: undefined }),
    Escape: () => (drawing.focused.value = undefined),
    Enter: () => {
      const bar = drawing.focused.peek()?.bar;
      if (bar) change({ event: bar }, { step: true });
      else zoomBy(scale, 0.5);
    },
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

/** Sets the selection to the days of a range. */
function selectTime(from: number, to: number): void {
  select({ from: dayText(from), to: dayText(to) });
}

/** Returns the mark after the focused one, in the order of time. */
function step(scene: Scene, direction: 1 | -1): Scene['focused'] {
  const order = scene.bars
    .filter((bar) => !bar.ghost)
    .sort((a, b) => a.left - b.left || a.lane - b.lane || a.row - b.row);
  if (order.length === 0) return undefined;
  const now = order.findIndex((bar) => bar.id === (scene.focused?.bar ?? scene.chosen));
  const next = now < 0 ? order[direction === 1 ? 0 : order.length - 1] : order[now + direction];
  return next ? { bar: next.id } : scene.focused;
}
