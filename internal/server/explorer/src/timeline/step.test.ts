import assert from 'node:assert/strict';
import test from 'node:test';
import type { Column } from './columns';
import type { Scene } from './draw';
import { step } from './step';

const empty = { bars: [], columns: [], chosen: undefined, focused: undefined } as unknown as Scene;

/** Steps until the end, and returns the marks on the way. */
function walk(scene: Scene, direction: 1 | -1): Scene['focused'][] {
  const marks: Scene['focused'][] = [];
  for (let focused = step(scene, direction); focused && marks.length < 10;) {
    marks.push(focused);
    const next = step({ ...scene, focused }, direction);
    if (JSON.stringify(next) === JSON.stringify(focused)) break;
    focused = next;
  }
  return marks;
}

const column = (start: number, lane: number) => ({ start, lane }) as Column;

test('arrows go through all columns by time, then by lane, and stay at the last', () => {
  const scene = { ...empty, columns: [column(20, 1), column(10, 1), column(10, 0)] };
  const order = [
    { lane: 0, start: 10 },
    { lane: 1, start: 10 },
    { lane: 1, start: 20 },
  ];
  assert.deepEqual(walk(scene, 1), order);
  assert.deepEqual(walk(scene, -1), [...order].reverse());
});

test('arrows go through all events by time, from the chosen one, and leave former places out', () => {
  const bar = (id: string, left: number, more = {}) => ({ id, left, lane: 0, row: 0, ...more });
  const bars = [bar('late', 9), bar('early', 1), bar('middle', 5), bar('middle', 3, { ghost: true })];
  const scene = { ...empty, bars } as unknown as Scene;
  assert.deepEqual(walk(scene, 1), [{ bar: 'early' }, { bar: 'middle' }, { bar: 'late' }]);
  assert.deepEqual(step({ ...scene, chosen: 'middle' }, 1), { bar: 'late' });
});

test('without marks there is nothing to go to', () => {
  assert.equal(step(empty, 1), undefined);
});
