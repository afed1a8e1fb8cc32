import assert from 'node:assert/strict';
import test from 'node:test';
import { blankClaim, blankEvent, withAdded } from './added';
import { contentOf, keyOf } from './items';
import { sampleProposal } from './sample';
import type { Json } from './types';

const own = sampleProposal();
const event = own.review.items.find(({ type }) => type === 'event')?.record ?? 0;
const words = { start: 3, end: 8, exact: 'words' };

test('a claim is added after those of its event', () => {
  const claim = blankClaim(words, 'en');
  const once = withAdded(own, claim, event);
  const twice = withAdded(once.next, claim, event);
  const claims = own.review.items.filter(({ record, claim: at }) => record === event && (at ?? 0) > 0).length;
  assert.deepEqual(once.keys, [`${event}.${claims + 1}`]);
  assert.deepEqual(twice.keys, [`${event}.${claims + 2}`]);
  const keys = twice.next.review.items.map(keyOf);
  assert.equal(new Set(keys).size, keys.length);
  const at = keys.indexOf(once.keys[0] ?? '');
  assert.equal(keys[at + 1], twice.keys[0]);
  assert.equal(keys[at - 1], claims === 0 ? String(event) : `${event}.${claims}`);
  const item = twice.next.review.items[at];
  assert.ok(item);
  assert.equal(item.label, 'words');
  assert.deepEqual(contentOf(twice.next, item), claim);
  assert.deepEqual(twice.next.records, own.records);
});

test('a new event has a place after all records, and its claim the first in it', () => {
  const first: Json = { ...blankEvent(own), titles: [{ value: 'A fire' }] };
  const once = withAdded(own, blankClaim(words, ''), first);
  assert.deepEqual(once.keys, [String(own.records.length + 1), `${own.records.length + 1}.1`]);
  const next = blankEvent(own);
  assert.notEqual(next['id'], first['id']);
  assert.deepEqual(withAdded(once.next, blankClaim(undefined, ''), next).keys, [
    String(own.records.length + 2),
    `${own.records.length + 2}.1`,
  ]);
  const item = once.next.review.items.at(-2);
  assert.deepEqual([item?.type, item?.id, item?.label], ['event', first['id'], 'A fire']);
});
