import assert from 'node:assert/strict';
import test from 'node:test';
import { firstView, wholeTime } from './window';

const extent = {
  earliest: '1900-01-01T00:00:00Z',
  latest: '2025-12-31T00:00:00Z',
  bulk: { start: '2025-01-01T00:00:00Z', end: '2025-12-30T00:00:00Z' },
};
const years = (range: [number, number] | undefined) => range?.map((each) => new Date(each).getUTCFullYear());

test('the whole time has all events of both moments, with a margin', () => {
  assert.deepEqual(years(wholeTime({ extent })), [1897, 2028]);
  const before = { earliest: '1800-01-01T00:00:00Z', latest: '1801-01-01T00:00:00Z' };
  assert.deepEqual(years(wholeTime({ extent, extentBefore: before })), [1795, 2030]);
  assert.equal(wholeTime({ extent: { earliest: null, latest: null } }), undefined);
  assert.equal(wholeTime(undefined), undefined);
});

test('the first view leaves out few events that lie far away', () => {
  assert.deepEqual(years(firstView({ extent })), [2024, 2026]);
  const near = { ...extent, earliest: '2024-12-01T00:00:00Z' };
  assert.deepEqual(firstView({ extent: near }), wholeTime({ extent: near }));
  assert.deepEqual(firstView({ extent, extentBefore: extent }), wholeTime({ extent }));
  assert.deepEqual(firstView({ extent: { ...extent, bulk: null } }), wholeTime({ extent }));
});

test('of a longer time than the timeline shows the part around our days is shown', () => {
  for (const [earliest, latest, want] of [
    ['-009999-01-01T00:00:00Z', '9999-12-31T00:00:00Z', [-300, 2100]],
    ['-009999-01-01T00:00:00Z', '-003000-01-01T00:00:00Z', [-5261, -2861]],
    ['1900-01-01T00:00:00Z', '9999-12-31T00:00:00Z', [1737, 4137]],
  ] as const) {
    assert.deepEqual(years(wholeTime({ extent: { earliest, latest } })), want);
  }
});
