// What pointers and keys do in the timeline.
import type { Gestures, Point } from '../canvas/gestures';
import { reveal } from '../canvas/reveal';
import { open } from '../state/opened';
import { change, select, view } from '../state/store';
import { barAt } from './bars';
import type { Scene } from './draw';
import { rowAt, rowTop } from './layout';
import { columnAt, conditionsOf, type Mark, markOf, nextMark } from './marks';
import { dayText, momentAt, pan, type Scale, x, zoom } from './scale';
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
      openMark(current, markAt(current, at), drawing);
    },
  };
}

/** Returns the mark at a point. */
export function markAt(scene: Scene, at: Point): Mark | undefined {
  const { lane, row } = rowAt(scene.layout, at.y);
  const bar = barAt(scene.bars, lane, row, at.x);
  if (bar) return { bar: bar.id };
  const column = columnAt(scene, lane, at.x);
  return column && markOf(scene, column);
}

export function onKeyDown(event: KeyboardEvent, current: Scene | undefined, drawing: Drawing): void {
  if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
  const { scale } = current;
  const arrow = (direction: 1 | -1) => () => {
    if (event.shiftKey) {
      show(pan(scale, direction * 60));
      return;
    }
    const next = nextMark(current, drawing.focused.peek() ?? chosenMark(current), direction);
    drawing.focused.value = next;
    if (next && event.currentTarget instanceof Element) reveal(event.currentTarget, heightOf(current, next));
  };
  const actions: Record<string, () => void> = {
    ArrowRight: arrow(1),
    ArrowLeft: arrow(-1),
    '+': () => zoomBy(scale, 0.6),
    '=': () => zoomBy(scale, 0.6),
    '-': () => zoomBy(scale, 1 / 0.6),
    Home: () => change({ window: undefined }),
    Escape: () => (drawing.focused.value = undefined),
    Enter: () => {
      if (!openMark(current, drawing.focused.peek(), drawing)) zoomBy(scale, 0.5);
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

/** Opens the event of a mark, or the list of a bucket's events. It reports whether there is such a mark. */
export function openMark(scene: Scene, mark: Mark | undefined, drawing: Drawing): boolean {
  if (!mark) return false;
  if ('bar' in mark) {
    open({ event: mark.bar });
    return true;
  }
  const bucket = scene.buckets.find(({ start }) => start === mark.start);
  if (!bucket) return false;
  const { start, end } = bucket;
  const lane = scene.lanes.findIndex(({ key }) => key === mark.lane);
  const margin = Math.round((end - start) / 10);
  const { lanes, selection } = view.peek();
  drawing.several.value = {
    conditions: conditionsOf(bucket, mark.lane, lanes, selection),
    at: { x: Math.max(0, x(scene.scale, start)), y: rowTop(scene.layout, lane, 0) },
    zoomIn: () => change({ window: [start - margin, end + margin] }),
  };
  return true;
}

/** Returns the y of a mark. */
function heightOf({ bars, lanes, layout }: Scene, mark: Mark): number {
  if ('bar' in mark) {
    const bar = bars.find(({ id, ghost }) => id === mark.bar && !ghost);
    return bar ? rowTop(layout, bar.lane, bar.row) : 0;
  }
  const { top, height } = layout.lanes[lanes.findIndex(({ key }) => key === mark.lane)] ?? { top: 0, height: 0 };
  return top + height;
}

function chosenMark({ chosen }: Scene): Mark | undefined {
  return chosen === undefined ? undefined : { bar: chosen };
}
