import assert from 'node:assert/strict';
import test from 'node:test';
import { type Cluster, marksOf } from './compare';

type Precision = Cluster['precisions'][number];

function at(precision: number, events: number): Precision {
  const radii: Record<number, number> = { 2: 25, 3: 80, 4: 80, 5: 80 };
  return { precision, events, radiusKm: radii[precision] ?? 0 };
}

/** Returns the cell of a grid of ten degrees. */
function cellAt(longitude: number, latitude: number) {
  const [west, north] = [10 * Math.floor(longitude / 10), 10 * Math.ceil(latitude / 10)];
  return { west, south: north - 10, east: west + 10, north };
}

/** Returns a cluster in the cell whose north-western corner is at whole tens of degrees. */
function cluster(longitude: number, latitude: number, precisions: Precision[], status?: string): Cluster {
  const event = status && {
    id: 'event:a',
    label: { value: 'A' },
    category: 'ASSAULT' as const,
    modality: 'OCCURRED' as const,
    status: status as 'CONFIRMED',
    time: { edtf: '2025' },
  };
  return {
    point: { longitude, latitude },
    cell: cellAt(longitude, latitude),
    precisions,
    countries: [],
    place: null,
    event: event || null,
  };
}

test('a mark has the name of the place of most events, if there is one', () => {
  const named = { ...cluster(1, 2, [at(1, 5)]), place: { label: { value: 'Olnet' } } };
  assert.deepEqual(
    marksOf([named, cluster(30, 2, [at(1, 5)])], undefined).marks.map(({ name }) => name),
    ['Olnet', undefined],
  );
});

test('without an earlier moment nothing differs', () => {
  assert.deepEqual(marksOf([cluster(1, 2, [at(1, 5)])], undefined).marks, [
    { longitude: 1, latitude: 2, cell: cellAt(1, 2), events: 5 },
  ]);
});

test('a cell has gained or lost events, or its only event has changed', () => {
  const now = [
    cluster(0.1, 0.1, [at(1, 7)]),
    cluster(50, 10, [at(1, 2)]),
    cluster(100, 40, [at(1, 1)], 'CONFIRMED'),
    cluster(-50, 5, [at(1, 4)]),
  ];
  const before = [
    cluster(5, 9, [at(1, 4)]),
    cluster(50.1, 10, [at(1, 3)]),
    cluster(100, 40, [at(1, 1)], 'UNVERIFIED'),
    cluster(-50, 5, [at(1, 4)]),
    cluster(20, -20, [at(1, 6)]),
  ];
  assert.deepEqual(
    marksOf(now, before).marks.map(({ events, difference, more, former }) => [events, difference, more, former]),
    [
      [7, 'gained', 3, undefined],
      [2, 'lost', -1, undefined],
      [1, 'changed', 0, undefined],
      [4, undefined, undefined, undefined],
      [6, 'lost', -6, true],
    ],
  );
});

test('a mark is as large as its widest place, or has a ring around its points', () => {
  const cases: [Precision[], { radiusKm?: number; ringKm?: number }][] = [
    [[at(1, 3)], {}],
    [[at(2, 1)], { radiusKm: 25 }],
    [[at(2, 2), at(4, 1)], { radiusKm: 80 }],
    [[at(1, 2), at(2, 1)], { ringKm: 25 }],
    [[at(1, 2), at(5, 1), at(6, 9)], { ringKm: 80 }],
    [[at(3, 2), at(7, 1)], { radiusKm: 80 }],
  ];
  for (const [precisions, want] of cases) {
    const [mark] = marksOf([cluster(1, 1, precisions)], undefined).marks;
    assert.deepEqual(
      { radiusKm: mark?.radiusKm, ringKm: mark?.ringKm },
      { radiusKm: undefined, ringKm: undefined, ...want },
    );
  }
});

test('events somewhere in a country are in no mark, but counted by country', () => {
  const inside = cluster(1, 1, [at(1, 2), at(6, 5)]);
  inside.countries = [
    { country: 'UA', events: 3 },
    { country: null, events: 2 },
  ];
  const middle = cluster(30, 50, [at(6, 4)], 'CONFIRMED');
  middle.countries = [
    { country: 'RU', events: 3 },
    { country: 'UA', events: 1 },
  ];
  const unknown = cluster(60, 50, [at(7, 4)]);
  const found = marksOf([inside, middle, unknown], undefined);
  assert.deepEqual(
    found.marks.map(({ events }) => events),
    [2],
  );
  assert.deepEqual(found.countries, [
    { code: 'UA', events: 4 },
    { code: 'RU', events: 3 },
  ]);
});

test('a cell without events at a place is gone, or new', () => {
  const countryOnly = cluster(1, 1, [at(6, 5)]);
  const some = cluster(1, 1, [at(1, 2)]);
  const differences = (now: Cluster, before: Cluster) =>
    marksOf([now], [before]).marks.map(({ difference, more, former }) => [difference, more, former]);
  assert.deepEqual(differences(countryOnly, some), [['lost', -2, true]]);
  assert.deepEqual(differences(some, countryOnly), [['gained', 2, undefined]]);
});
