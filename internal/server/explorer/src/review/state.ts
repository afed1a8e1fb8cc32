// The state of the review page: the proposal, the decisions about it, and what the server says of them.
import { batch, computed, effect, signal } from '@preact/signals';
import {
  acceptUnflagged,
  accepted,
  count,
  type Decided,
  decide,
  decisionsOf,
  emptyHistory,
  type History,
  rejected,
  undo as undone,
} from '../proposal/decisions';
import { withAdded } from '../proposal/added';
import { falling } from '../proposal/falling';
import { hashOf, type ItemKey, keyOf } from '../proposal/items';
import { get, put } from '../proposal/storage';
import type { Decision, Item, Json, Proposal, Refusal } from '../proposal/types';
import { opened } from './address';

export const proposal = signal<Proposal | undefined>(undefined);
export const refused = signal<Refusal[]>([]);
export const history = signal<History>(emptyHistory());
/** Corrections and identity decisions that go with the proposal. */
export const curations = signal<Json[]>([]);
/** The item that is looked at. */
export const selected = signal<ItemKey | undefined>(undefined);
/** What is open within the selected item, or above the items: `add`. */
export const tool = signal<'edit' | 'link' | 'same' | 'add' | undefined>(undefined);
/** The part of the page that is shown, of the two or three that fit. */
export const tab = signal<'text' | 'items' | 'preview'>('items');
/** Whether the browser keeps the decisions. */
export const kept = signal(true);

export const items = computed<readonly Item[]>(() => proposal.value?.review.items ?? []);
export const decided = computed<Decided>(() => history.value.now);
export const counts = computed(() => count(items.value, decided.value));
export const falls = computed(() =>
  proposal.value ? falling(proposal.value, decided.value) : new Map<ItemKey, never>(),
);
/** How many items "accept all without flags" accepts. */
export const unflagged = computed(() => acceptUnflagged(items.value, decided.value).length);
export const current = computed(() => items.value.find((item) => keyOf(item) === selected.value));

/** Shows a proposal, with the decisions of its review file, else with the stored ones. */
export async function open(next: Proposal, refusals: Refusal[] = []): Promise<void> {
  const hash = hashOf(next);
  const before = await get(hash);
  const isSame = before !== undefined && JSON.stringify(before.proposal.records) === JSON.stringify(next.records);
  const own = decisionsOf(next.review);
  batch(() => {
    // The stored proposal has what a person added, too.
    if (own.size === 0 && isSame) show(before.proposal, refusals, new Map(before.decisions));
    else show(next, refusals, own);
    curations.value = isSame ? before.curations : [];
    opened.value = { proposal: hash };
  });
}

/** Shows the proposal of the address, if the browser has it. */
export async function reopen(hash: string): Promise<boolean> {
  const stored = await get(hash);
  if (!stored) return false;
  batch(() => {
    show(stored.proposal, stored.refused, new Map(stored.decisions));
    curations.value = stored.curations;
  });
  return true;
}

function show(next: Proposal, refusals: Refusal[], now: Decided): void {
  proposal.value = next;
  refused.value = refusals;
  history.value = emptyHistory(now);
  selected.value = next.review.items[0] && keyOf(next.review.items[0]);
  tool.value = undefined;
  tab.value = 'items';
}

export function close(): void {
  batch(() => {
    proposal.value = undefined;
    opened.value = {};
    history.value = emptyHistory();
    curations.value = [];
  });
}

/** Keeps the proposal and the decisions in the browser while the page is open. */
export function followStorage(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const [value, now, refusals, own] = [proposal.value, decided.value, refused.value, curations.value];
    clearTimeout(timer);
    if (!value) return;
    const store = async () => {
      kept.value = await put({
        hash: hashOf(value),
        title: value.review.title,
        proposal: value,
        refused: refusals,
        decisions: [...now] as [string, Decision][],
        curations: own,
        at: Date.now(),
      });
    };
    timer = setTimeout(() => void store(), 150);
  });
}

/** Decides about the selected item, and goes to the next one that is undecided. */
export function decideSelected(decision: Decision, { move = true } = {}): void {
  const item = current.peek();
  if (!item) return;
  const key = keyOf(item);
  batch(() => {
    history.value = decide(history.peek(), [[key, decision]]);
    closeTool();
    if (move) step(1, true);
  });
}

/** Adds a claim to an event, by its record or a new one. Both are accepted. */
export function addClaim(claim: Json, to: number | Json): void {
  const before = proposal.peek();
  if (!before) return;
  const { next, keys } = withAdded(before, claim, to);
  batch(() => {
    proposal.value = next;
    history.value = decide(
      history.peek(),
      keys.map((key) => [key, { verdict: 'ACCEPT' }]),
    );
    selected.value = keys.at(-1);
    closeTool();
  });
}

export function accept(): void {
  const key = selected.peek();
  if (key !== undefined) decideSelected(accepted(decided.peek().get(key)));
}

export function reject(): void {
  decideSelected(rejected);
}

export function acceptAll(): number {
  const all = acceptUnflagged(items.peek(), decided.peek());
  history.value = decide(history.peek(), all);
  return all.length;
}

/** Closes what is open within the selected item, which has the focus then. */
export function closeTool(): void {
  tool.value = undefined;
  document.querySelector<HTMLElement>('.item.chosen')?.focus();
}

/** Takes the last step back, and selects the item that it was about, if it was one. */
export function undo(): void {
  const { now, past } = history.peek();
  const before = past.at(-1);
  if (!before) return;
  const moved = items
    .peek()
    .map(keyOf)
    .filter((key) => now.get(key) !== before.get(key));
  batch(() => {
    history.value = undone(history.peek());
    if (moved.length === 1) selected.value = moved[0];
  });
}

/** Selects another item; with `open` the next one that is undecided and does not fall, if there is one. */
export function step(by: 1 | -1, undecided = false): void {
  const all = items.peek();
  const at = all.findIndex((item) => keyOf(item) === selected.peek());
  const [now, gone] = [decided.peek(), falls.peek()];
  const isOpen = (item: Item) => !now.has(keyOf(item)) && !gone.has(keyOf(item));
  const rest = by > 0 ? all.slice(at + 1) : all.slice(0, Math.max(at, 0)).reverse();
  const next = (undecided ? rest.find(isOpen) : undefined) ?? rest[0];
  if (next) select(keyOf(next));
}

export function select(key: ItemKey): void {
  if (key === selected.peek()) return;
  batch(() => {
    selected.value = key;
    tool.value = undefined;
  });
}
