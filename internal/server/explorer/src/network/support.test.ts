import assert from 'node:assert/strict';
import test from 'node:test';
import { supportOf } from './support';

const support = (weight: number, unverified: number, denied: number) =>
  supportOf({ weight, statuses: { unverified, denied } });

test('a tie is unverified if all events that connect are, and denied if any event is', () => {
  assert.deepEqual(support(3, 3, 0), { unverified: true, denied: false });
  assert.deepEqual(support(3, 2, 0), { unverified: false, denied: false });
  // A denied event does not connect, so it is not part of the weight.
  assert.deepEqual(support(3, 3, 1), { unverified: true, denied: true });
  // Where a filter asks for denied events, they are.
  assert.deepEqual(support(2, 0, 2), { unverified: false, denied: true });
});
