import assert from 'node:assert/strict';
import test from 'node:test';
import type { TimelineEvent } from './lanes';
import { type BucketsData, bucketsOf, lanesOf, none, others, timedEvents } from './lanes';

type Bucket = BucketsData['buckets'][number];

/** A bucket of a month with groups: the key, the events that begin in it, must and may lie in it. */
function bucket(
  month: number,
  ...groups: [key: string | null, events: number, certain: number, possible: number][]
) {
  const text = (n: number) => new Date(Date.UTC(2025, n)).toISOString();
  const made: Bucket = {
    start: text(month),
    end: text(month + 1),
    groups: groups.map(([key, events, certain, possible]) => ({
      key: key === others ? null : key,
      others: key === others,
      events,
      certain,
      possible,
      node: null,
    })),
  };
  return made;
}

test('the fullest lane is first, the others and those without a value are last', () => {
  const buckets = [
    bucket(0, ['a', 1, 1, 1], [others, 50, 50, 50], [null, 9, 9, 9]),
    bucket(1, ['b', 2, 0, 2], ['a', 3, 3, 3], ['never', 0, 0, 0]),
  ];
  assert.deepEqual(
    lanesOf({ buckets }).map(({ key }) => key),
    ['a', 'b', none, others],
  );
  assert.deepEqual(
    lanesOf({ buckets: [bucket(0, ['a', 1, 1, 1])], bucketsBefore: [bucket(0, ['z', 1, 1, 1])] }).map(
      ({ key }) => key,
    ),
    ['a', others],
  );
});

test('an event of a year is possible in each month, and certain in none', () => {
  const buckets = [bucket(0, ['a', 1, 0, 1]), bucket(1, ['a', 0, 0, 1]), { ...bucket(2), start: null, end: null }];
  const found = bucketsOf({ buckets }, [{ key: 'a' }]);
  assert.deepEqual(
    found.map(({ lanes }) => lanes),
    [[{ certain: 0, possible: 1 }], [{ certain: 0, possible: 1 }]],
  );
});

test('buckets of two moments are joined by their start', () => {
  const found = bucketsOf(
    { buckets: [bucket(1, ['a', 2, 2, 2])], bucketsBefore: [bucket(0, ['z', 1, 1, 1]), bucket(1, ['a', 1, 1, 1])] },
    [{ key: 'a' }, { key: others }],
  );
  assert.deepEqual(
    found.map(({ start, lanes }) => [
      new Date(start).getUTCMonth(),
      lanes.map(({ possible, before }) => [possible, before]),
    ]),
    [
      [
        0,
        [
          [0, 0],
          [0, 1],
        ],
      ],
      [
        1,
        [
          [2, 1],
          [0, 0],
        ],
      ],
    ],
  );
});

test('an event is in the lane of each of its values, once among the others', () => {
  const event = {
    id: 'e',
    category: 'ASSAULT',
    status: 'DENIED',
    time: { edtf: '2025' },
    participants: ['x', 'y', 'z', 'x'].map((id) => ({ actor: { id } })),
    locations: [],
  } as unknown as TimelineEvent;
  const lanes = (field: 'actor' | 'place' | 'status') =>
    timedEvents({ event }, field, [{ key: 'x' }, { key: 'DENIED' }]).map(({ lane }) => lane);
  assert.deepEqual(lanes('actor'), ['x', others]);
  assert.deepEqual(lanes('place'), [none]);
  assert.deepEqual(lanes('status'), ['DENIED']);
});

test('an event is pale if it is not said to have happened, or is denied or taken back', () => {
  const isPale = (modality: string, status: string) => {
    const event = { id: 'e', category: 'ASSAULT', modality, status, time: { edtf: '2025' } } as TimelineEvent;
    return timedEvents({ event }, 'category', [{ key: 'ASSAULT' }])[0]?.pale === true;
  };
  const modalities = ['OCCURRED', 'ONGOING', 'PLANNED', 'PROPOSED', 'HYPOTHETICAL', 'NEGATED', 'CANCELLED'];
  assert.deepEqual(
    modalities.filter((each) => !isPale(each, 'UNVERIFIED')),
    ['OCCURRED', 'ONGOING'],
  );
  const statuses = ['UNVERIFIED', 'CORROBORATED', 'CONFIRMED', 'DISPUTED', 'DENIED', 'RETRACTED'];
  assert.deepEqual(
    statuses.filter((each) => isPale('OCCURRED', each)),
    ['DENIED', 'RETRACTED'],
  );
});

test('a changed time is drawn in the lane as well', () => {
  const event = { id: 'e', category: 'ASSAULT', time: { edtf: '2025' } } as TimelineEvent;
  const timeBefore = { ...event.time, edtf: '2024' };
  const found = timedEvents({ event, difference: 'changed', timeBefore }, 'category', [{ key: 'ASSAULT' }]);
  assert.deepEqual(
    found.map(({ time, ghost, difference }) => [time.edtf, ghost, difference]),
    [
      ['2024', true, 'changed'],
      ['2025', undefined, 'changed'],
    ],
  );
});
