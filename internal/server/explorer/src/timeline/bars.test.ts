import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { barAt, bars as barsAndRows, type TimedEvent } from './bars';
import { day } from './scale';

const start = Date.UTC(2025, 11, 1);
const scale = { from: start, to: start + 30 * day, width: 600 }; // 20 pixels a day
const at = (n: number) => new Date(start + n * day).toISOString();

const bars = (...given: Parameters<typeof barsAndRows>) => barsAndRows(...given).bars;

function event(
  id: string,
  earliest: string | null,
  latest: string | null,
  more: Partial<TimedEvent['time']> = {},
): TimedEvent {
  return {
    id,
    lane: 'A',
    category: 'ASSAULT',
    time: { edtf: '', earliest, latest, precision: 'DAY', approximate: false, uncertain: false, ...more },
  };
}

test('a day is a solid bar of its width', () => {
  const [bar] = bars([event('a', at(2), at(3))], ['A'], scale, 4);
  assert.deepEqual(bar, {
    id: 'a',
    category: 'ASSAULT',
    lane: 0,
    row: 0,
    left: 40,
    width: 20,
    certain: true,
    vague: false,
    openStart: false,
    openEnd: false,
  });
});

test('a bar is pale if its event is', () => {
  const all = bars([{ ...event('a', at(2), at(3)), pale: true }, event('b', at(5), at(6))], ['A'], scale, 4);
  assert.deepEqual(
    all.map(({ id, pale }) => [id, pale === true]),
    [
      ['a', true],
      ['b', false],
    ],
  );
});

test('a month is possible in all of its days', () => {
  const [bar] = bars([event('a', at(0), at(30), { precision: 'MONTH', approximate: true })], ['A'], scale, 4);
  assert.deepEqual([bar?.left, bar?.width, bar?.certain, bar?.vague], [0, 600, false, true]);
});

test('an open end reaches the edge', () => {
  const [since] = bars([event('a', at(20), null, { precision: 'INTERVAL' })], ['A'], scale, 4);
  assert.deepEqual([since?.left, since?.width, since?.openStart, since?.openEnd], [400, 200, false, true]);
  const [until] = bars([event('a', null, at(10), { precision: 'INTERVAL' })], ['A'], scale, 4);
  assert.deepEqual([until?.left, until?.width, until?.openStart, until?.openEnd], [0, 200, true, false]);
});

test('events outside the scale, in no lane or without a time have no bar', () => {
  const events = [
    event('a', at(-9), at(-8)),
    event('b', at(40), at(41)),
    event('c', null, null),
    event('d', null, at(-1)),
    { ...event('e', at(1), at(2)), lane: 'B' },
  ];
  assert.deepEqual(bars(events, ['A'], scale, 4), []);
});

test('bars of one row do not cover each other while there are rows', () => {
  const one = fc.tuple(fc.nat(29), fc.nat(3)).map(([from, days]) => [from, from + days + 1] as const);
  fc.assert(
    fc.property(fc.array(one, { maxLength: 20 }), (times) => {
      const all = bars(
        times.map(([from, to], i) => event(String(i), at(from), at(to))),
        ['A'],
        scale,
        100,
      );
      assert.equal(all.length, times.length);
      for (const a of all) {
        for (const b of all) {
          if (a !== b && a.row === b.row) assert.ok(a.left + a.width <= b.left || b.left + b.width <= a.left);
        }
      }
    }),
  );
});

test('the narrowest bar below the pointer is found', () => {
  const all = bars([event('wide', at(0), at(30)), event('narrow', at(10), at(11))], ['A'], scale, 1);
  assert.equal(barAt(all, 0, 0, 210)?.id, 'narrow');
  assert.equal(barAt(all, 0, 0, 50)?.id, 'wide');
  assert.equal(barAt(all, 0, 0, -50), undefined);
});

test('a lane has as many rows as its bars need, at least one and at most as many as allowed', () => {
  const events = [1, 1, 1, 5].map((n, i) => event(String(i), at(n), at(n + 1)));
  assert.deepEqual(barsAndRows(events, ['A', 'B'], scale).rows, [3, 1]);
  assert.deepEqual(barsAndRows(events, ['A'], scale, 2).rows, [2]);
});

test('the difference and the time before are those of the event', () => {
  const [bar] = bars([{ ...event('a', at(2), at(3)), difference: 'changed', ghost: true }], ['A'], scale);
  assert.deepEqual([bar?.difference, bar?.ghost], ['changed', true]);
});

/** Each class of EDTF with its bounds in days of December 2025, and the mark that it has. */
const classes: [edtf: string, time: [number | null, number | null, Partial<TimedEvent['time']>?], mark: string][] =
  [
    ['2025-12-03T10:00:00Z', [2.4, 2.401, { precision: 'INSTANT' }], 'solid'],
    ['2025-12-03', [2, 3], 'solid'],
    ['2025-12-03~', [2, 3, { approximate: true }], 'solid dashed'],
    ['2025-12-03?', [2, 3, { uncertain: true }], 'solid dashed'],
    ['2025-12', [0, 31, { precision: 'MONTH' }], 'hatched'],
    ['2025-12%', [0, 31, { precision: 'MONTH', approximate: true, uncertain: true }], 'hatched dashed'],
    ['2025-24', [-30, 60, { precision: 'SEASON' }], 'hatched'],
    ['2025', [-334, 31, { precision: 'YEAR' }], 'hatched'],
    ['[2025-12-03..2025-12-09]', [2, 9, { precision: 'INTERVAL' }], 'hatched'],
    ['2025-12-03/2025-12-09', [2, 9, { precision: 'INTERVAL' }], 'hatched'],
    ['2025-12-03/..', [2, null, { precision: 'INTERVAL' }], 'hatched open-end'],
    ['../2025-12-09', [null, 9, { precision: 'INTERVAL' }], 'hatched open-start'],
    ['XXXX', [null, null, { precision: 'UNKNOWN' }], ''],
  ];

for (const [edtf, [from, to, more], mark] of classes) {
  test(`${edtf} is drawn ${mark === '' ? 'not at all' : mark}`, () => {
    const [bar] = bars(
      [event(edtf, from === null ? null : at(from), to === null ? null : at(to), more)],
      ['A'],
      scale,
    );
    const words = bar && [
      bar.certain ? 'solid' : 'hatched',
      ...(bar.vague ? ['dashed'] : []),
      ...(bar.openStart ? ['open-start'] : []),
      ...(bar.openEnd ? ['open-end'] : []),
    ];
    assert.equal((words ?? []).join(' '), mark);
  });
}
