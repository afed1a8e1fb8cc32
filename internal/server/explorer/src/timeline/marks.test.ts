import assert from 'node:assert/strict';
import test from 'node:test';
import { columnAt, conditionsOf, type Mark, marksOf, nextMark, sameMark, timeOf } from './marks';

const column = (lane: number, bucket: number, left: number) => ({
  lane,
  bucket,
  left,
  width: 4,
  certain: 1,
  possible: 1,
});
const scene = {
  bars: [],
  columns: [column(1, 1, 10), column(0, 1, 10), column(0, 0, 5)],
  buckets: [
    { start: 100, end: 200, lanes: [] },
    { start: 200, end: 300, lanes: [] },
  ],
  lanes: [{ key: 'A' }, { key: 'B' }],
};
const order: Mark[] = [
  { lane: 'A', start: 100 },
  { lane: 'A', start: 200 },
  { lane: 'B', start: 200 },
];

test('columns are in the order of time, then of lanes', () => assert.deepEqual(marksOf(scene), order));

test('bars are in the order of time, without those of the earlier moment', () => {
  const bar = (id: string, left: number, ghost?: true) => ({
    id,
    category: 'AID',
    lane: 0,
    row: 0,
    left,
    width: 4,
    certain: true,
    vague: false,
    openStart: false,
    openEnd: false,
    ...(ghost && { ghost }),
  });
  const bars = [bar('b', 8), bar('a', 2), bar('a', 1, true)];
  assert.deepEqual(marksOf({ ...scene, columns: [], bars }), [{ bar: 'a' }, { bar: 'b' }]);
});

test('steps go from mark to mark and stop at the ends', () => {
  const steps = (direction: 1 | -1) => {
    const found: (Mark | undefined)[] = [];
    let now: Mark | undefined;
    for (let i = 0; i < 4; i++) found.push((now = nextMark(scene, now, direction)));
    return found;
  };
  assert.deepEqual(steps(1), [...order, order[2]]);
  assert.deepEqual(steps(-1), [...order.toReversed(), order[0]]);
  assert.equal(nextMark({ ...scene, columns: [] }, undefined, 1), undefined);
});

test('marks of one event or bucket are the same', () => {
  assert.ok(sameMark({ bar: 'a' }, { bar: 'a' }));
  assert.ok(!sameMark({ bar: 'a' }, { lane: 'a', start: 1 }));
  assert.ok(!sameMark(undefined, { bar: 'a' }));
  assert.ok(!sameMark({ lane: 'a', start: 1 }, { lane: 'a', start: 2 }));
});

test('a click meets the column of its lane, or another one of the bucket', () => {
  assert.equal(columnAt(scene, 1, 12), scene.columns[0]);
  assert.equal(columnAt(scene, 0, 12), scene.columns[1]);
  assert.equal(columnAt(scene, 5, 6), scene.columns[2]);
  assert.equal(columnAt(scene, 0, 60), undefined);
});

test('the time of a bucket is its days, or its hour', () => {
  const bucket = (start: string, end: string) => ({ start: Date.parse(start), end: Date.parse(end), lanes: [] });
  assert.deepEqual(timeOf(bucket('2024-02-01', '2024-03-01')), { from: '2024-02-01', to: '2024-02-29' });
  assert.deepEqual(timeOf(bucket('2024-02-01T10:00:00Z', '2024-02-01T11:00:00Z')), {
    from: '2024-02-01T10:00:00Z',
    to: '2024-02-01T10:59:59Z',
  });
});

test('the events of a column are those of its bucket and lane', () => {
  const bucket = { start: Date.parse('2024-02-01'), end: Date.parse('2024-03-01'), lanes: [] };
  const time = { from: '2024-02-01', to: '2024-02-29', timeless: false };
  const of = (lane: string, field: 'category' | 'actor' | 'publisher') =>
    conditionsOf(bucket, lane, field, { actors: ['actor:a'] });
  assert.deepEqual(of('AID', 'category'), { ...time, categories: ['AID'] });
  assert.deepEqual(of('actor:b', 'actor'), { ...time, actors: ['actor:a', 'actor:b'] });
  assert.deepEqual(of('actor:a', 'actor'), { ...time, actors: ['actor:a'] });
  assert.deepEqual(of('OTHERS', 'publisher'), time);
});
