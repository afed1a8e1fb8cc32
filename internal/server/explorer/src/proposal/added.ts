// Events and claims that a person adds to a proposal, as items of its review; see docs/review.md.
import { isClaim, type ItemKey, keyOf, textsOf } from './items';
import type { SpanField } from './edit';
import type { Item, Json, Proposal } from './types';

/** Returns a claim that rests on selected words, or on words that are still to be named. */
export function blankClaim(words: SpanField | undefined, language: unknown): Json {
  const exact = words?.exact ?? '';
  return {
    stance: 'ASSERTS',
    aspect: 'OCCURRENCE',
    quote: { text: exact, ...(typeof language === 'string' && language !== '' && { language }) },
    spans: [words ?? { exact }],
  };
}

/** Returns an event of a proposal without a title. Its id has a random part, as another reader may add one, too. */
export function blankEvent({ review }: Proposal): Json {
  const id = `event:by-hand-${crypto.randomUUID().slice(0, 13)}`;
  return {
    type: 'event',
    id,
    titles: [{ value: '' }],
    category: 'OTHER',
    modality: 'OCCURRED',
    document: review.document,
  };
}

/** Returns the proposal with a claim added to an event, by its record or a new one, and the keys of the new items. */
export function withAdded(own: Proposal, claim: Json, to: number | Json): { next: Proposal; keys: ItemKey[] } {
  const items = [...own.review.items];
  const added: Item[] = [];
  let record: number;
  if (typeof to === 'number') {
    record = to;
  } else {
    record = items.reduce((most, item) => Math.max(most, item.record ?? 0), own.records.length) + 1;
    const [title = ''] = textsOf(to['titles']);
    added.push({ record, type: 'event', id: String(to['id']), label: title, added: to, decision: null });
  }
  const proposed = own.records[record - 1]?.['claims'];
  const before = items.filter((item) => item.record === record && isClaim(item));
  const position = before.reduce(
    (most, item) => Math.max(most, item.claim ?? 0),
    Array.isArray(proposed) ? proposed.length : 0,
  );
  const label = textsOf(claim['spans'], 'exact').join(' … ');
  added.push({ record, claim: position + 1, type: 'claim', label, added: claim, decision: null });
  const last = items.findLastIndex((item) => item.record === record);
  items.splice(last < 0 ? items.length : last + 1, 0, ...added);
  return { next: { ...own, review: { ...own.review, items } }, keys: added.map(keyOf) };
}
