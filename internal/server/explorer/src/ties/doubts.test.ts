import assert from 'node:assert/strict';
import test from 'node:test';
import { doubts } from './doubts';

test('denied and disputed participations of the two actors', () => {
  const [a, b] = [{ id: 'a' }, { id: 'b' }];
  const takesPart = (id: string, status: string) => ({ actor: { id }, status });
  assert.deepEqual(doubts([takesPart('a', 'CONFIRMED'), takesPart('b', 'UNVERIFIED')], [a, b]), []);
  assert.deepEqual(
    doubts([takesPart('c', 'DENIED'), takesPart('b', 'DENIED'), takesPart('a', 'DISPUTED')], [a, b]),
    [
      { actor: a, status: 'DISPUTED' },
      { actor: b, status: 'DENIED' },
    ],
  );
  assert.deepEqual(doubts([takesPart('a', 'DENIED'), takesPart('a', 'DENIED')], [a, b]), [
    { actor: a, status: 'DENIED' },
  ]);
});
