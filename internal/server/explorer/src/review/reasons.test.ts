import assert from 'node:assert/strict';
import test from 'node:test';

// The page's language is in its address.
Object.assign(globalThis, { location: { hash: '' } });
const { reasonOf } = await import('./reasons');

const node = { id: 'actor:venn', name: 'Nora Venn', why: 'in English' };

test('a reason has the words of its code', () => {
  assert.equal(
    reasonOf({ ...node, code: 'NAME_NEAR', detail: 'Вен' }),
    'A name is spelt nearly like \u2068Вен\u2069.',
  );
  assert.equal(reasonOf({ ...node, code: 'TEXT_SAME' }), 'The text is the same.');
});

test('kinds and countries are named', () => {
  assert.match(reasonOf({ ...node, code: 'KIND_DIFFERS', detail: 'ARMED_GROUP' }) ?? '', /armed group/i);
  assert.match(reasonOf({ ...node, code: 'COUNTRY_DIFFERS', detail: 'UA' }) ?? '', /Ukraine/);
});

test('an unknown code, or none, has no words of the page', () => {
  assert.equal(reasonOf({ ...node, code: 'NEW_CODE' }), undefined);
  assert.equal(reasonOf(node), undefined);
  assert.equal(reasonOf({ ...node, code: 'toString' }), undefined);
});
