import assert from 'node:assert/strict';
import test from 'node:test';
import { dayOf, momentOf, ordered } from './moments';

test('the end of a date counts', () => {
  for (const [text, end] of [
    ['2025-12-20', '2025-12-21T00:00:00Z'],
    ['2024-02-29', '2024-03-01T00:00:00Z'],
    ['2025-12', '2026-01-01T00:00:00Z'],
    ['2025', '2026-01-01T00:00:00Z'],
    ['0090', '0091-01-01T00:00:00Z'],
    ['2025-12-20T10:30:00Z', '2025-12-20T10:30:00Z'],
  ] as const) {
    assert.equal(momentOf(text), Date.parse(end), text);
  }
  assert.ok(Number.isNaN(momentOf('2025/..')));
  assert.ok(Number.isNaN(momentOf('soon')));
});

test('the day of a moment is the last one that is wholly known', () => {
  assert.equal(dayOf('2025-12-20'), '2025-12-20');
  assert.equal(dayOf('2025-02'), '2025-02-28');
  assert.equal(dayOf('2025-12-20T00:00:00Z'), '2025-12-19');
  assert.equal(dayOf('soon'), '');
});

test('the earlier of two moments is compared with', () => {
  const both = { knownAt: '2025-01-01', comparedWith: '2024-05' };
  assert.deepEqual(ordered(both), both);
  assert.deepEqual(ordered({ knownAt: '2024-05', comparedWith: '2025-01-01' }), both);
  assert.deepEqual(ordered({ knownAt: undefined, comparedWith: '2024-05' }), {
    knownAt: undefined,
    comparedWith: '2024-05',
  });
  assert.deepEqual(ordered({ knownAt: '2024', comparedWith: '2024-12' }), {
    knownAt: '2024',
    comparedWith: undefined,
  });
});
