import assert from 'node:assert/strict';
import test from 'node:test';
import { cellOf, type Cluster, marksOf } from './compare';

function cluster(longitude: number, latitude: number, events: number, status: string | null = null): Cluster {
  const event = status && {
    id: 'event:a',
    label: { value: 'A', language: 'en', direction: 'LTR' as const },
    category: 'ASSAULT' as const,
    modality: 'OCCURRED' as const,
    status: status as 'CONFIRMED',
    time: { edtf: '2025' },
    locations: [],
  };
  return { point: { longitude, latitude }, events, event: event || null };
}

test('at zoom 0 the world has four cells in each direction', () => {
  assert.equal(cellOf({ longitude: -179, latitude: 84 }, 0), '0/0');
  assert.equal(cellOf({ longitude: 1, latitude: 1 }, 0), '2/1');
  assert.equal(cellOf({ longitude: 91, latitude: -1 }, 0), '3/2');
});

test('without an earlier moment nothing differs', () => {
  assert.deepEqual(marksOf([cluster(1, 2, 5)], undefined, 3).marks, [{ longitude: 1, latitude: 2, events: 5 }]);
});

test('a cell has gained or lost events, or its only event has changed', () => {
  const now = [cluster(0.1, 0.1, 7), cluster(50, 10, 2), cluster(100, 40, 1, 'CONFIRMED'), cluster(-50, 5, 4)];
  const before = [
    cluster(0.2, 0.2, 4),
    cluster(50.1, 10, 3),
    cluster(100, 40, 1, 'UNVERIFIED'),
    cluster(-50, 5, 4),
    cluster(20, -20, 6),
  ];
  assert.deepEqual(
    marksOf(now, before, 3).marks.map(({ events, difference, more, former }) => [events, difference, more, former]),
    [
      [7, 'gained', 3, undefined],
      [2, 'lost', -1, undefined],
      [1, 'changed', 0, undefined],
      [4, undefined, undefined, undefined],
      [6, 'lost', -6, true],
    ],
  );
});

test('a single event has the precision of its place, and no mark in the middle of a country', () => {
  const single = (precision: number): Cluster => {
    const made = cluster(precision, 1, 1, 'CONFIRMED');
    const location = { id: 'l', locationKind: 'COUNTRY', country: 'UA', point: made.point } as const;
    if (made.event) made.event.locations = [{ role: 'VENUE', precision, location }];
    return made;
  };
  const found = marksOf([single(1), single(2), single(6)], undefined, 3);
  assert.deepEqual(
    found.marks.map(({ radiusKm }) => radiusKm),
    [undefined, 25],
  );
  assert.deepEqual(found.countries, [{ code: 'UA', events: 1 }]);
});
