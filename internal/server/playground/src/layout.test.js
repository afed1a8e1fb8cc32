import assert from 'node:assert/strict';
import test from 'node:test';
import { layOut } from './layout.js';

test('one line becomes several', () => {
  const { query, variables } = layOut({ query: 'query Q($id:ID!){actor(id:$id){id}}', variables: '{"id":"actor:a"}' });
  assert.equal(query, 'query Q($id: ID!) {\n  actor(id: $id) {\n    id\n  }\n}\n');
  assert.equal(variables, '{\n  "id": "actor:a"\n}');
});

test('what has lines, or is invalid, stays', () => {
  for (const [query, variables] of [['{\n a }', '{\n}'], ['{ a', '{'], ['', '']]) {
    assert.deepEqual(layOut({ query, variables }), { query, variables });
  }
});
