import assert from 'node:assert/strict';
import test from 'node:test';
import { hasEvent, type Mark } from './draw';

const at = { longitude: 30, latitude: 50 };
const cell = { west: 30, east: 40, south: 40, north: 50 };

test('a mark of known events has those alone', () => {
  const few: Mark = { ...at, events: 2, ids: ['a', 'b'] };
  const only: Mark = { ...at, events: 1, cell, event: { id: 'a', name: 'A', category: 'AID' } };
  for (const mark of [few, only]) {
    assert.equal(hasEvent(mark, { id: 'a', point: null }), true);
    assert.equal(hasEvent(mark, { id: 'c', point: at }), false);
  }
});

test('a cell with many events has those at its points, of its edges the western and the northern one', () => {
  const mark: Mark = { ...at, events: 9, cell };
  const has = (longitude: number, latitude: number) => hasEvent(mark, { id: 'a', point: { longitude, latitude } });
  assert.equal(has(35, 45), true);
  assert.equal(has(30, 50), true);
  assert.equal(has(40, 45), false);
  assert.equal(has(35, 40), false);
  assert.equal(has(29.9, 45), false);
  assert.equal(hasEvent(mark, { id: 'a', point: null }), false);
});
