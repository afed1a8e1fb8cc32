import assert from 'node:assert/strict';
import test from 'node:test';
import type { Bounds } from '../parts/figure';
import { greatest, interval } from './intervals';

const bounds = (low: number | null, best: number | null, high: number | null): Bounds => ({ low, best, high });

test('an open side reaches the edge of the axis', () => {
  const most = greatest([bounds(10, null, null), bounds(1, 2, 4)]);
  assert.equal(most, 10);
  assert.deepEqual(interval(bounds(10, null, null), most, 110), {
    left: 100,
    right: 110,
    best: undefined,
    openLow: false,
    openHigh: true,
  });
  assert.deepEqual(interval(bounds(1, 2, 4), most, 110), {
    left: 10,
    right: 40,
    best: 20,
    openLow: false,
    openHigh: false,
  });
  assert.deepEqual(interval(bounds(null, 5, 5), most, 110), {
    left: 0,
    right: 50,
    best: 50,
    openLow: true,
    openHigh: false,
  });
});
