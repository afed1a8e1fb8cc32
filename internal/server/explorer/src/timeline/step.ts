// From mark to mark by keyboard.
import { isFocused, type Scene } from './draw';

/** Returns the mark after or before the focused one, in the order of time. */
export function step(scene: Scene, direction: 1 | -1): Scene['focused'] {
  if (scene.columns.length > 0) return stepColumns(scene, direction);
  const order = scene.bars
    .filter((bar) => !bar.ghost)
    .sort((a, b) => a.left - b.left || a.lane - b.lane || a.row - b.row);
  if (order.length === 0) return undefined;
  const { focused, chosen } = scene;
  const now = order.findIndex(({ id }) => id === (focused && 'bar' in focused ? focused.bar : chosen));
  const next = now < 0 ? order[direction === 1 ? 0 : order.length - 1] : order[now + direction];
  return next ? { bar: next.id } : scene.focused;
}

/** Returns the column after the focused one: by time, then by lane. */
function stepColumns(scene: Scene, direction: 1 | -1): Scene['focused'] {
  const order = [...scene.columns].sort((a, b) => a.start - b.start || a.lane - b.lane);
  const now = order.findIndex((column) => isFocused(column, scene));
  const next = now < 0 ? order[direction === 1 ? 0 : order.length - 1] : order[now + direction];
  return next ? { lane: next.lane, start: next.start } : scene.focused;
}
