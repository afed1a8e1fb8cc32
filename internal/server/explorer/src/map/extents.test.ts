import assert from 'node:assert/strict';
import test from 'node:test';
import { common, extentOf } from './extents';

const none = { radiusKm: null, box: null, shape: null };
const box = { west: 170, south: 60, east: -170, north: 70 };
const ring = '[[0,0],[1,0],[1,1],[0,0]]';

test('a shape comes before a box, and a box before a radius', () => {
  const polygon = `{"type":"Polygon","coordinates":[${ring}]}`;
  const several = `{"type":"MultiPolygon","coordinates":[[${ring}],[${ring},${ring}]]}`;
  assert.equal(extentOf(none), undefined);
  assert.deepEqual(extentOf({ ...none, radiusKm: 12 }), { radiusKm: 12 });
  assert.deepEqual(extentOf({ radiusKm: 12, box, shape: polygon }), { rings: [JSON.parse(ring)] });
  assert.equal(extentOf({ ...none, shape: several })?.rings?.length, 3);
});

test('a box across the antimeridian is not drawn around the globe', () => {
  assert.deepEqual(extentOf({ ...none, radiusKm: 12, box })?.rings, [
    [
      [170, 60],
      [190, 60],
      [190, 70],
      [170, 70],
      [170, 60],
    ],
  ]);
});

test('a cell at the edge of a box is the part that they have in common', () => {
  const cell = { west: 20, south: 40, east: 30, north: 50 };
  assert.deepEqual(common(cell, undefined), cell);
  const box = { west: 25, south: 0, east: 60, north: 45 };
  assert.deepEqual(common(cell, box), { west: 25, south: 40, east: 30, north: 45 });
  const across = { west: 170, south: 0, east: 25, north: 45 };
  assert.deepEqual(common(cell, across), cell);
});
