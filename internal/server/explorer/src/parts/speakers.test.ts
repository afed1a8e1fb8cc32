import assert from 'node:assert/strict';
import test from 'node:test';
import { speakers, voicesOf } from './speakers';

const node = (id: string) => ({ id, label: { value: id, language: null, direction: 'LTR' } });

test('claimants speak, else the publisher, else no known voice', () => {
  const document = { publisher: node('actor:paper') };
  assert.deepEqual(speakers({ claimants: [node('a'), node('b')], document }), [node('a'), node('b')]);
  assert.deepEqual(speakers({ claimants: [], document }), [node('actor:paper')]);
  assert.deepEqual(speakers({ claimants: [], document: { publisher: null } }), []);
  assert.deepEqual(speakers({ claimants: [], document: null }), []);
});

test('the voices of statements are each one, and a document where none is named', () => {
  const paper = { id: 'document:1', publisher: node('actor:paper') };
  const lost = { id: 'document:2', publisher: null };
  const statements = [
    { claimants: [], document: paper },
    { claimants: [node('actor:paper')], document: lost },
  ];
  assert.deepEqual([...voicesOf(statements)], ['actor:paper']);
  assert.deepEqual([...voicesOf([{ claimants: [node('a'), node('b')], document: lost }])], ['a', 'b']);
  assert.deepEqual([...voicesOf([{ claimants: [], document: lost }])], ['document:2']);
});
