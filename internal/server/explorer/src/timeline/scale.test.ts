import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { day, dayText, intervalOf, momentAt, narrowest, pan, type Scale, ticks, x, zoom } from './scale';

const scale: fc.Arbitrary<Scale> = fc
  .record({
    from: fc.integer({ min: -30e12, max: 10e12 }),
    length: fc.integer({ min: day / 4, max: 60e12 }),
    width: fc.integer({ min: 200, max: 3000 }),
  })
  .map(({ from, length, width }) => ({ from, to: from + length, width }));

const near = (a: number, b: number, tolerance: number) => assert.ok(Math.abs(a - b) <= tolerance, `${a} and ${b}`);

test('positions and moments are inverse', () => {
  fc.assert(
    fc.property(scale, fc.double({ min: 0, max: 1, noNaN: true }), (s, at) =>
      near(x(s, momentAt(s, at * s.width)), at * s.width, 0.01),
    ),
  );
});

test('a zoom keeps the moment below the pointer', () => {
  fc.assert(
    fc.property(
      scale,
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (s, factor, at) => {
        const zoomed = zoom(s, factor, at * s.width);
        near(x(zoomed, momentAt(s, at * s.width)), at * s.width, 0.01);
      },
    ),
  );
});

test('a pan there and back changes nothing', () => {
  fc.assert(
    fc.property(scale, fc.integer({ min: -500, max: 500 }), (s, pixels) =>
      near(pan(pan(s, pixels), -pixels).from, s.from, 1),
    ),
  );
});

test('a bucket is at least three pixels wide, unless it is a year', () => {
  const shortestMonth = 28 * day;
  const length = {
    HOUR: day / 24,
    DAY: day,
    WEEK: 7 * day,
    MONTH: shortestMonth,
    QUARTER: 90 * day,
    YEAR: Infinity,
  };
  fc.assert(
    fc.property(scale, (s) => {
      const width = (length[intervalOf(s)] / (s.to - s.from)) * s.width;
      assert.ok(width >= narrowest * (28 / 30.5));
    }),
  );
});

test('ticks lie within, in order, with space for their labels', () => {
  fc.assert(
    fc.property(scale, (s) => {
      const found = ticks(s, 90);
      assert.ok(found.length <= s.width / (90 * 0.88) + 1, `${found.length} ticks`);
      found.forEach((tick, i) => {
        assert.ok(tick.moment >= s.from && tick.moment < s.to);
        const before = found[i - 1];
        if (before) assert.ok(x(s, tick.moment) - x(s, before.moment) >= 90 * 0.88);
      });
    }),
  );
});

test('ticks begin at the beginning of months and years', () => {
  const s = { from: Date.UTC(2021, 10, 15), to: Date.UTC(2022, 10, 15), width: 900 };
  assert.deepEqual(
    ticks(s, 120).map(({ moment }) => new Date(moment).toISOString().slice(0, 10)),
    ['2022-01-01', '2022-03-01', '2022-05-01', '2022-07-01', '2022-09-01', '2022-11-01'],
  );
  const centuries = {
    from: Date.parse('0001-06-01T00:00:00Z'),
    to: Date.parse('0500-01-01T00:00:00Z'),
    width: 500,
  };
  assert.deepEqual(
    ticks(centuries, 90).map(({ moment }) => new Date(moment).toISOString().slice(0, 10)),
    ['0100-01-01', '0200-01-01', '0300-01-01', '0400-01-01'],
  );
});

test('days are written as the API reads them', () => {
  for (const [moment, text] of [
    [Date.UTC(2025, 11, 20, 23, 59), '2025-12-20'],
    [Date.parse('-000043-03-15T12:00:00Z'), '-0043-03-15'],
    [Date.parse('0000-01-01T00:00:00Z'), '0000-01-01'],
    [-8e15, '-9999-01-01'],
    [8e15, '9999-12-31'],
  ] as const) {
    assert.equal(dayText(moment), text);
  }
});

test('no drag leaves the time that dates have', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1e9, max: 1e9 })),
      fc.double({ min: 0.01, max: 1e9, noNaN: true }),
      (drags, by) => {
        const start: Scale = { from: 0, to: 1e12, width: 1000 };
        const end = zoom(drags.reduce(pan, start), by, 500);
        assert.ok(new Date(end.from).getTime() < new Date(end.to).getTime());
        assert.ok(dayText(end.from) <= dayText(end.to) || end.from < 0);
      },
    ),
  );
});
