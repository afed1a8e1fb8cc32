// What pointers and keys do in the timeline.
import type { Gestures } from '../canvas/gestures';
import { open } from '../state/opened';
import { change, select } from '../state/store';
import { barAt } from './bars';
import type { Scene } from './draw';
import { rowAt } from './layout';
import { momentAt, pan, type Scale, zoom } from './scale';
import { step } from './step';
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
      if (bar) open({ event: bar.id });
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
    Enter: () => enter(current),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

/** Sets the selection to the days of a range. */
function selectTime(from: number, to: number): void {
  const text = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  select({ from: text(from), to: text(to) });
}

/** Opens the event of the focused mark, or looks closer at its events. */
function enter({ scale, focused, columns }: Scene): void {
  if (focused === undefined) zoomBy(scale, 0.5);
  else if ('bar' in focused) open({ event: focused.bar });
  else {
    const column = columns.find(({ lane, start }) => lane === focused.lane && start === focused.start);
    if (column) show(zoom(scale, 0.5, column.left + column.width / 2));
  }
}
