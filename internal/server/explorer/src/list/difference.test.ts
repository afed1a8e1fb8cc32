import assert from 'node:assert/strict';
import test from 'node:test';
import { differenceSince } from './difference';

const states = (...days: string[]) => ({
  id: 'a',
  states: days.map((day) => ({ knownFrom: `${day}T00:00:00Z` })),
});

test('an event is new or changed if a version of it begins after the moment', () => {
  const moment = '2025-12-20'; // its end is the 21st at 00:00
  assert.equal(differenceSince(moment, states('2025-12-21')), undefined);
  assert.equal(differenceSince(moment, states('2025-12-22')), 'gained');
  assert.equal(differenceSince(moment, states('2025-12-22', '2025-12-23')), 'gained');
  assert.equal(differenceSince(moment, states('2025-12-19', '2025-12-22')), 'changed');
  assert.equal(differenceSince(moment, states('2025-12-19', '2025-12-20')), undefined);
});

test('without an earlier moment nothing differs', () => {
  assert.equal(differenceSince(null, states('2025-12-22')), undefined);
  assert.equal(differenceSince('2025-12-20', { id: 'a' }), undefined);
  assert.equal(differenceSince('2025-12-20', states()), undefined);
});

test('an event among the changes has changed without a version of its own', () => {
  const found = (id: string) => differenceSince('2025-12-20', states('2025-12-19'), new Set([id]));
  assert.deepEqual([found('a'), found('b')], ['changed', undefined]);
  assert.equal(differenceSince('2025-12-20', states('2025-12-22'), new Set(['a'])), 'gained');
});
