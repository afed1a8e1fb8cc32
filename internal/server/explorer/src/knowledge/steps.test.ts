import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { momentOf } from '../state/moments';
import { bins, intervalOf, played, snapped, stepFrom, stepsOf, textOf } from './steps';

const at = (text: string) => Date.parse(text);
const span = { first: at('2025-01-02T00:00:00Z'), last: at('2025-01-09T15:00:00Z') };

test('an interval has at most as many buckets as the API answers with', () => {
  const days = (n: number) => intervalOf({ first: 0, last: n * 86_400_000 });
  assert.deepEqual([1, 199, 201, 4799, 4801, 100_000].map(days), ['HOUR', 'HOUR', 'DAY', 'DAY', 'MONTH', 'MONTH']);
});

test('steps are the ends of buckets, and none is after the last moment', () => {
  const buckets = [
    { end: '2025-01-02T00:00:00Z', claims: 3 },
    { end: '2025-01-05T00:00:00Z', claims: 1 },
    { end: '2025-01-10T00:00:00Z', claims: 2 },
  ];
  assert.deepEqual(
    stepsOf(buckets, span).map((step) => [new Date(step.at).toISOString().slice(0, 13), step.claims]),
    [
      ['2025-01-02T00', 3],
      ['2025-01-05T00', 1],
      ['2025-01-09T15', 2],
    ],
  );
});

test('the step before and the one after', () => {
  const steps = [1, 5, 9].map((each) => ({ at: each, claims: 1 }));
  assert.equal(stepFrom(steps, 5, 1)?.at, 9);
  assert.equal(stepFrom(steps, 5, -1)?.at, 1);
  assert.equal(stepFrom(steps, 9, 1), undefined);
  assert.equal(stepFrom(steps, 0, -1), undefined);
});

test('the text of a moment is read as that moment', () => {
  assert.equal(textOf(at('2025-01-02T00:00:00Z')), '2025-01-01');
  assert.equal(textOf(at('2025-01-02T10:30:00Z')), '2025-01-02T10:30:00Z');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e9 }), (seconds) =>
      assert.equal(momentOf(textOf(seconds * 1000)), seconds * 1000),
    ),
  );
});

test('a position snaps to an hour of a short span and to a day of a long one', () => {
  assert.equal(snapped(at('2025-01-05T10:40:00Z'), span), at('2025-01-05T11:00:00Z'));
  const long = { first: span.first, last: at('2026-01-01T00:00:00Z') };
  assert.equal(snapped(at('2025-03-05T13:40:00Z'), long), at('2025-03-06T00:00:00Z'));
  assert.equal(snapped(0, long), long.first);
});

test('a histogram has all claims, the greatest bin with height 1', () => {
  const steps = [0, 1, 50, 100].map((each) => ({ at: each, claims: each === 50 ? 8 : 1 }));
  assert.deepEqual(bins(steps, { first: 0, last: 100 }, 10), [
    { left: 0, height: 0.5, at: 0 },
    { left: 0.5, height: 1, at: 50 },
    { left: 0.9, height: Math.sqrt(1 / 8), at: 100 },
  ]);
});

test('a play ends with the last step and has at most as many as allowed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 60 }), (n, most) => {
      const steps = Array.from({ length: n }, (_, i) => ({ at: i, claims: 1 }));
      const found = played(steps, -1, most);
      assert.ok(found.length <= most && found.at(-1) === n - 1);
    }),
  );
  assert.deepEqual(played([{ at: 1, claims: 1 }], 1, 9), []);
});
