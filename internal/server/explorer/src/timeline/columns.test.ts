import assert from 'node:assert/strict';
import test from 'node:test';
import { columns } from './columns';

const scale = { from: 0, to: 100, width: 200 };

test('a column is solid up to what must be, and reaches to what may be', () => {
  const buckets = [
    { start: 0, end: 10, lanes: [{ certain: 4, possible: 16 }] },
    { start: 10, end: 20, lanes: [{ certain: 0, possible: 0 }] },
    { start: 200, end: 210, lanes: [{ certain: 99, possible: 99 }] },
  ];
  const { columns: found, layout } = columns(buckets, 1, scale, 300);
  const lanes = found.map(({ lane, left, width }) => ({ lane, left, width }));
  assert.deepEqual(lanes, [{ lane: 0, left: 0, width: 19.4 }]);
  for (const { certain, possible, before } of found) {
    assert.equal(possible, 2 * certain);
    assert.ok(possible <= (layout.lanes[0]?.height ?? 0));
    assert.equal(before, undefined);
  }
});

test('a column that had more or fewer events at the earlier moment says so', () => {
  const lane = (possible: number, before: number) => [{ certain: possible, possible, before }];
  const buckets = [lane(1, 1), lane(4, 1), lane(0, 9)].map((lanes, i) => ({
    start: i * 10,
    end: i * 10 + 10,
    lanes,
  }));
  const heights = columns(buckets, 1, scale, 300).columns.map(({ possible, before }) => [possible, before]);
  const one = heights[0]?.[0] ?? 0;
  assert.deepEqual(heights, [
    [one, undefined],
    [2 * one, one],
    [0, 3 * one],
  ]);
});
