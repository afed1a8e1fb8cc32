import assert from 'node:assert/strict';
import test from 'node:test';
import {
  acceptUnflagged,
  accepted,
  count,
  type Decided,
  decide,
  decisionsOf,
  edited,
  emptyHistory,
  linked,
  rejected,
  undo,
  withDecisions,
} from './decisions';
import { falling } from './falling';
import { sampleProposal } from './sample';
import type { Decision } from './types';

const { review } = sampleProposal();
const item = (at: number) => {
  const found = review.items[at];
  if (!found) throw new Error(`no item ${at}`);
  return found;
};

test('steps are undone one by one, and a step that changes nothing is none', () => {
  let history = emptyHistory();
  history = decide(history, [['1', accepted(undefined)]]);
  history = decide(history, [['1', accepted(undefined)]]);
  history = decide(history, [
    ['1', rejected],
    ['4.2', rejected],
  ]);
  assert.deepEqual(count(review.items, history.now), { accepted: 0, rejected: 2, undecided: 6 });
  history = undo(history);
  assert.deepEqual([...history.now], [['1', { verdict: 'ACCEPT' }]]);
  history = undo(undo(history));
  assert.equal(history.now.size, 0);
});

test('accepting all without flags leaves flags, decisions, and claims of rejected events', () => {
  const now: Decided = new Map([
    ['1', rejected],
    ['4', rejected],
  ]);
  assert.deepEqual(
    acceptUnflagged(review.items, now).map(([key]) => key),
    ['3', '5', 'location:astel'],
  );
});

test('a decision names a known node only if the proposal does not, and its own only against that', () => {
  const link = item(7);
  const proposed = link.known?.id ?? '';
  assert.deepEqual(linked(undefined, link, undefined), { verdict: 'ACCEPT', own: true });
  assert.deepEqual(linked({ verdict: 'ACCEPT', own: true }, link, proposed), { verdict: 'ACCEPT' });
  assert.deepEqual(linked(rejected, link, 'location:b'), { verdict: 'ACCEPT', known: 'location:b' });
  assert.deepEqual(linked(undefined, item(0), undefined), { verdict: 'ACCEPT' });
});

test('what was edited stays through accepting and linking, and goes with the edit', () => {
  const content = { type: 'actor', id: 'actor:venn' };
  const before = edited({ verdict: 'ACCEPT', known: 'actor:b' }, content);
  assert.deepEqual(before, { verdict: 'ACCEPT', known: 'actor:b', edited: content });
  assert.deepEqual(accepted(before), before);
  assert.deepEqual(linked(before, item(0), 'actor:c'), { verdict: 'ACCEPT', edited: content, known: 'actor:c' });
  assert.deepEqual(edited(before, undefined), { verdict: 'ACCEPT', known: 'actor:b' });
  assert.deepEqual(accepted(rejected), { verdict: 'ACCEPT' });
});

test('the review file has the decisions, and is read again', () => {
  const now = new Map<string, Decision>([
    ['4.2', rejected],
    ['location:astel', { verdict: 'ACCEPT', own: true }],
  ]);
  const written = withDecisions(review, now);
  assert.deepEqual(decisionsOf(written), now);
  assert.deepEqual(written.items[0]?.decision, null);
});

test('what falls with a rejected item', () => {
  const fallsWith = (...keys: string[]) => {
    const falls = falling(sampleProposal(), new Map(keys.map((key) => [key, rejected])));
    return Object.fromEntries([...falls].map(([key, { because }]) => [key, because]));
  };
  assert.deepEqual(fallsWith(), {});
  assert.deepEqual(fallsWith('2'), { '4.2': 'claimants', '5': 'ends' });
  assert.deepEqual(fallsWith('2', '4.1'), { '4.2': 'claimants', '5': 'ends', '4': 'claims' });
  assert.deepEqual(fallsWith('4'), { '4.1': 'record', '4.2': 'record' });
  assert.deepEqual(fallsWith('4.1', '4.2'), { '4': 'claims' });
  assert.deepEqual(Object.values(fallsWith('3')), Array(7).fill('document'));
});
