import assert from 'node:assert/strict';
import test from 'node:test';
import type { Item } from '../proposal/types';

// The page's language is in its address.
Object.assign(globalThis, { location: { hash: '' } });
const { causeOf } = await import('./causes');

const items: Item[] = [{ record: 2, type: 'actor', id: 'actor:venn', label: 'Nora Venn', decision: null }];

test('a cause has the words of its code, and items their labels', () => {
  const values = { node: 'actor:venn', state: 'REJECTED' };
  assert.equal(
    causeOf({ code: 'CLAIMANT_MISSING', values, reason: 'in English' }, items),
    'Its claimant \u2068Nora Venn\u2069 is rejected.',
  );
  assert.equal(
    causeOf({ code: 'CLAIMANT_MISSING', values: { ...values, node: 'actor:x' }, reason: '' }, items),
    'Its claimant \u2068actor:x\u2069 is rejected.',
  );
  assert.equal(causeOf({ code: 'PARTY_UNUSED', reason: '' }, items), 'Nothing that is loaded refers to it.');
});

test('an unknown code, or none, has no words of the page', () => {
  assert.equal(causeOf({ code: 'NEW_CODE', reason: 'in English' }, items), undefined);
  assert.equal(causeOf({ reason: 'in English' }, items), undefined);
});
