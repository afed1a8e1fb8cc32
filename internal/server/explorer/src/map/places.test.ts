import assert from 'node:assert/strict';
import test from 'node:test';
import { placed, type PlacedEvent, placeOf, pointOf } from './places';

type Location = PlacedEvent['locations'][number];

function at(
  id: string,
  precision: number | null,
  more: Partial<Location['location']> = {},
  role = 'VENUE',
): Location {
  const point = { longitude: 30, latitude: 50 };
  return {
    role: role as 'VENUE',
    precision,
    location: {
      id,
      label: { value: `at ${id}` },
      locationKind: 'POPULATED',
      country: 'UA',
      point,
      radiusKm: null,
      box: null,
      shape: null,
      ...more,
    } as Location['location'],
  };
}

const east = { point: { longitude: 40, latitude: 50 } };

/** Returns a place with a point of its own. */
function own(id: string, precision: number): Location {
  return at(id, precision, { point: { longitude: id.charCodeAt(0), latitude: 50 } });
}

function event(id: string, locations: Location[], status = 'UNVERIFIED'): PlacedEvent {
  return {
    id,
    label: { value: id },
    category: 'ASSAULT',
    modality: 'OCCURRED',
    status: status as 'UNVERIFIED',
    time: { edtf: '2025' },
    locations,
  };
}

test('the precision decides between a point, a circle and a country', () => {
  const point = { id: 'a', longitude: 30, latitude: 50 };
  const radius = (radiusKm: number) => ({ ...point, radiusKm });
  const cases: [Location, ReturnType<typeof placeOf>][] = [
    [at('a', 1), point],
    [at('a', null), point],
    [at('a', 2), radius(25)],
    [at('a', 3), radius(80)],
    [at('a', 4), radius(80)],
    [at('a', 5), radius(80)],
    [at('a', 6), { id: 'a', country: 'UA' }],
    [at('a', 7), undefined],
    [at('a', null, { locationKind: 'COUNTRY' }), { id: 'a', country: 'UA' }],
    [at('a', null, { locationKind: 'ADMIN1' }), radius(80)],
    [at('a', null, { locationKind: 'WATER' }), radius(80)],
    [at('a', 1, { point: null }), undefined],
    [at('a', 1, { radiusKm: 3 }), radius(3)],
    [at('a', 2, { radiusKm: 3 }), radius(25)],
    [at('a', 2, { radiusKm: 40 }), radius(40)],
    [at('a', 4, { radiusKm: 300 }), radius(300)],
    [at('a', 6, { radiusKm: 300 }), { id: 'a', country: 'UA' }],
    [
      at('a', null, { shape: '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}' }),
      {
        ...point,
        rings: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      },
    ],
  ];
  for (const [location, want] of cases) assert.deepEqual(placeOf([location]), want);
});

test('an event is at the first of its places with a point', () => {
  const all = [at('c', 1, {}, 'TARGET'), at('b', 1), at('a', 1, { point: null }), at('d', 1)];
  assert.equal(placeOf(all)?.id, 'b');
});

test('large circles are below small marks, and countries are no marks', () => {
  const found = placed(
    [
      event('a', [at('x', 1)]),
      event('b', [at('y', 4, east)]),
      event('c', [at('y', 4, east)]),
      event('d', [at('z', 6)]),
    ],
    undefined,
  );
  assert.deepEqual(
    found.marks.map(({ events, radiusKm, places, event: only }) => [events, radiusKm, places, only?.id]),
    [
      [2, 80, ['y'], undefined],
      [1, undefined, ['x'], 'a'],
    ],
  );
  assert.deepEqual(found.countries, [{ code: 'UA', events: 1 }]);
});

const square = (size: number) =>
  `{"type":"Polygon","coordinates":[[[0,0],[${size},0],[${size},${size}],[0,${size}],[0,0]]]}`;

test('events at one point are one mark, in the widest circle that some of them may be in', () => {
  const cases: [Location[], object][] = [
    [[at('a', 1), at('b', 1)], { places: ['a', 'b'] }],
    [[at('miami', 2), at('miami', 1), at('miami', 2)], { places: ['miami'], ringKm: 25 }],
    [[at('platform', 2), at('sea', 5)], { places: ['platform', 'sea'], radiusKm: 80 }],
    [[at('a', 1), at('b', 5, { radiusKm: 300 }), at('c', 4)], { places: ['a', 'b', 'c'], ringKm: 300 }],
    [[at('a', 1, { shape: square(1) }), at('a', 1, { shape: square(1) })], { places: ['a'], areas: 1 }],
    [[at('a', 1), at('b', 1, { shape: square(1) })], { places: ['a', 'b'], areas: 1, mixed: true }],
    [
      [at('a', 3), at('b', 1, { shape: square(1) }), at('c', 1, { shape: square(2) })],
      { places: ['a', 'b', 'c'], radiusKm: 80, areas: 2 },
    ],
  ];
  for (const [locations, want] of cases) {
    const [mark, ...others] = placed(
      locations.map((location, i) => event(`event:${i}`, [location])),
      undefined,
    ).marks;
    assert.equal(others.length, 0);
    const { longitude, latitude, events, ids, areas, name, ...rest } = mark ?? assert.fail('no mark');
    assert.deepEqual([longitude, latitude, events], [30, 50, locations.length]);
    assert.deepEqual(
      ids,
      locations.map((_, i) => `event:${i}`),
    );
    assert.equal(name, locations[0]?.location.label.value);
    assert.deepEqual({ ...rest, ...(areas && { areas: areas.length }) }, want);
  }
});

test('an event that stays at its point, but is known more precisely, is in one mark', () => {
  const [mark, ...others] = placed([event('a', [at('x', 1)])], [event('a', [at('x', 2)])]).marks;
  assert.equal(others.length, 0);
  assert.deepEqual([mark?.events, mark?.difference, mark?.more, mark?.ringKm], [1, 'changed', 0, undefined]);
});

test('marks say what differs from the earlier moment', () => {
  const now = [
    event('new', [own('n', 1)]),
    event('moved', [own('m', 1)]),
    event('same', [own('s', 1)]),
    event('status', [own('t', 1)], 'DENIED'),
    event('mixed', [own('s', 1)]),
  ];
  const before = [
    event('moved', [own('o', 2)]),
    event('same', [own('s', 1)]),
    event('status', [own('t', 1)]),
    event('gone', [own('g', 1)]),
  ];
  const found = placed(now, before).marks.map(({ event: only, events, difference, more, former }) => [
    only?.id ?? events,
    difference,
    more,
    former,
  ]);
  assert.deepEqual(
    found.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    [
      [2, 'changed', 1, undefined],
      ['gone', 'lost', -1, true],
      ['moved', 'lost', -1, true],
      ['moved', 'gained', 1, undefined],
      ['new', 'gained', 1, undefined],
      ['status', 'changed', 0, undefined],
    ],
  );
});

test('an event with new claims is changed even if it is drawn as before', () => {
  const both = [event('a', [at('x', 1)]), event('b', [at('y', 1, east)])];
  const found = placed(both, both, new Set(['b'])).marks.map((mark) => [
    mark.event?.id,
    mark.difference,
    mark.more,
  ]);
  assert.deepEqual(new Map(found.map(([id, ...rest]) => [id, rest])).get('a'), [undefined, undefined]);
  assert.deepEqual(new Map(found.map(([id, ...rest]) => [id, rest])).get('b'), ['changed', 0]);
});

test('an event is at the point of its first place, unless only its country is known', () => {
  const other = at('b', 1, { point: { longitude: 1, latitude: 2 } }, 'TARGET');
  assert.deepEqual(pointOf([other, at('z', 5)]), { longitude: 30, latitude: 50 });
  assert.deepEqual(pointOf([at('a', 1, { point: null }), other]), { longitude: 1, latitude: 2 });
  for (const places of [[], [at('a', 6)], [at('a', 7)], [at('a', null, { locationKind: 'COUNTRY' })]]) {
    assert.equal(pointOf(places), null);
  }
});
