import assert from 'node:assert/strict';
import test from 'node:test';
import { speakers } from './speakers';

const node = (id: string) => ({ id, label: { value: id, language: null, direction: 'LTR' } });

test('claimants speak, else the publisher, else no known voice', () => {
  const document = { publisher: node('actor:paper') };
  assert.deepEqual(speakers({ claimants: [node('a'), node('b')], document }), [node('a'), node('b')]);
  assert.deepEqual(speakers({ claimants: [], document }), [node('actor:paper')]);
  assert.deepEqual(speakers({ claimants: [], document: { publisher: null } }), []);
  assert.deepEqual(speakers({ claimants: [], document: null }), []);
});
