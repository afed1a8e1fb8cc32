import assert from 'node:assert/strict';
import test from 'node:test';
import { filterOf } from './filter';
import { emptySelection } from './view';

test('an empty selection has an empty filter', () => {
  assert.deepEqual(filterOf(emptySelection), {});
});

test('each condition is in the filter', () => {
  const filter = filterOf({
    ...emptySelection,
    from: '2025-12-01',
    categories: ['CONSULT'],
    disagreements: ['FIGURES'],
    actors: ['actor:a', 'actor:b'],
    places: ['location:x'],
    countries: ['UA'],
    box: { west: 1, south: 2, east: 3, north: 4 },
  });
  assert.deepEqual(filter, {
    time: { from: '2025-12-01' },
    categories: ['CONSULT'],
    disagreements: ['FIGURES'],
    participants: [{ anyOf: ['actor:a'] }, { anyOf: ['actor:b'] }],
    place: { within: ['location:x'] },
    and: [{ place: { countries: ['UA'] } }, { place: { box: { west: 1, south: 2, east: 3, north: 4 } } }],
  });
});

test('conditions can be left out', () => {
  const selection = { ...emptySelection, from: '2025', to: '2026', box: { west: 1, south: 2, east: 3, north: 4 } };
  assert.deepEqual(filterOf(selection, { time: true, box: true }), {});
  assert.deepEqual(filterOf(selection, { box: true }), { time: { from: '2025', to: '2026' } });
});

test('events without a time are those of unknown precision', () => {
  assert.deepEqual(filterOf({ ...emptySelection, timeless: true }), { precision: ['UNKNOWN'] });
  assert.deepEqual(filterOf({ ...emptySelection, timeless: false }), { not: { precision: ['UNKNOWN'] } });
});
