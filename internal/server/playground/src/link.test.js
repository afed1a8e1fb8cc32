import assert from 'node:assert/strict';
import test from 'node:test';
import { exampleInLink, linkTo, queryInLink } from './link.js';

const page = new URL('https://casus.example/prefix/playground?query=old#example=old');

test('a link holds what it was made of, however long, and sends none of it', () => {
  const query = `# Зеленський & #1 + 2?\n{ ${'a'.repeat(100_000)} }`;
  for (const variables of ['', '{ "text": "50 % + 1 & ?" }']) {
    const link = new URL(linkTo(page, { query, variables }));
    assert.equal(link.href.split('#')[0], 'https://casus.example/prefix/playground');
    assert.deepEqual(queryInLink(link), { query, variables });
  }
  assert.equal(linkTo(page, { query: ' \n', variables: '{}' }), 'https://casus.example/prefix/playground');
});

test('links of either form are read', () => {
  const url = (rest) => new URL(`https://casus.example/playground${rest}`);
  assert.equal(exampleInLink(url('?example=toll')), 'toll');
  assert.equal(exampleInLink(url('?example=toll#example=search')), 'search');
  assert.deepEqual(queryInLink(url('?query=%7Ba%7D&variables=%7B%7D')), { query: '{a}', variables: '{}' });
  assert.equal(queryInLink(url('')), null);
  assert.equal(exampleInLink(url('#query=x')), null);
});
