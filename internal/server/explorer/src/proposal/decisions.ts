// Decisions about the items of a proposal, with a history that can be undone.
import { isClaim, type ItemKey, keyOf } from './items';
import type { Decision, Item, Json, Review } from './types';

export type Decided = ReadonlyMap<ItemKey, Decision>;

/** The decisions, and those before each step, the oldest first. */
export interface History {
  now: Decided;
  past: readonly Decided[];
}

const mostSteps = 500;

export function emptyHistory(now: Decided = new Map()): History {
  return { now, past: [] };
}

/** Returns the history with further decisions as one step; null removes a decision. */
export function decide({ now, past }: History, changes: Iterable<readonly [ItemKey, Decision | null]>): History {
  const next = new Map(now);
  for (const [key, decision] of changes) {
    if (decision) next.set(key, decision);
    else next.delete(key);
  }
  if (sameDecisions(now, next)) return { now, past };
  return { now: next, past: [...past, now].slice(-mostSteps) };
}

/** Returns the history without its last step. */
export function undo(history: History): History {
  const before = history.past.at(-1);
  return before ? { now: before, past: history.past.slice(0, -1) } : history;
}

function sameDecisions(a: Decided, b: Decided): boolean {
  if (a.size !== b.size) return false;
  for (const [key, decision] of a) if (JSON.stringify(decision) !== JSON.stringify(b.get(key))) return false;
  return true;
}

/** Returns an acceptance that keeps what a person edited or linked before. */
export function accepted(before: Decision | undefined): Decision {
  return before?.verdict === 'ACCEPT' ? before : { verdict: 'ACCEPT' };
}

export const rejected: Decision = { verdict: 'REJECT' };

/** Returns an acceptance as a known node; undefined: as a node of its own. An edited record stays. */
export function linked(before: Decision | undefined, item: Item, known: string | undefined): Decision {
  const edited = before?.edited;
  const base: Decision = { verdict: 'ACCEPT', ...(edited && { edited }) };
  if (known === undefined) return item.known ? { ...base, own: true } : base;
  return known === item.known?.id ? base : { ...base, known };
}

/** Returns an acceptance with another content; undefined: with the proposed one. */
export function edited(before: Decision | undefined, content: Json | undefined): Decision {
  const kept = accepted(before);
  if (content) return { ...kept, edited: content };
  const rest = { ...kept };
  delete rest.edited;
  return rest;
}

/** Returns the node that an item is by a decision: a known one, or undefined if it is of its own. */
export function knownOf(item: Item, decision: Decision | undefined): string | undefined {
  if (decision?.own) return undefined;
  return decision?.known ?? item.known?.id;
}

/** Returns acceptances of all undecided items without flags. Their event or tie must not be rejected. */
export function acceptUnflagged(items: readonly Item[], now: Decided): [ItemKey, Decision][] {
  const rejectedRecords = new Set(
    items
      .filter((item) => !isClaim(item) && now.get(keyOf(item))?.verdict === 'REJECT')
      .map(({ record }) => record),
  );
  return items
    .filter((item) => !item.flags?.length && !now.has(keyOf(item)))
    .filter((item) => !isClaim(item) || !rejectedRecords.has(item.record))
    .map((item) => [keyOf(item), { verdict: 'ACCEPT' }]);
}

export interface Counts {
  accepted: number;
  rejected: number;
  undecided: number;
}

export function count(items: readonly Item[], now: Decided): Counts {
  const counts: Counts = { accepted: 0, rejected: 0, undecided: 0 };
  for (const item of items) {
    const verdict = now.get(keyOf(item))?.verdict;
    counts[verdict === 'ACCEPT' ? 'accepted' : verdict === 'REJECT' ? 'rejected' : 'undecided']++;
  }
  return counts;
}

/** Returns the decisions that a review has. */
export function decisionsOf(review: Review): Decided {
  return new Map(review.items.flatMap((item) => (item.decision ? [[keyOf(item), item.decision] as const] : [])));
}

/** Returns the review with these decisions, as the terminal and the server read it. */
export function withDecisions(review: Review, now: Decided): Review {
  return { ...review, items: review.items.map((item) => ({ ...item, decision: now.get(keyOf(item)) ?? null })) };
}
