// The items of a proposal by keys, and what they refer to.
import type { Item, Json, Proposal, Sentence } from './types';

/** Returns an object without some of its fields. */
export function without(value: Json, ...fields: string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));
}

/** The key of an item: "7" for a record, "7.2" for its second claim, the id for a link without a record. */
export type ItemKey = string;

export function keyOf({ record = 0, claim = 0, id = '' }: Pick<Item, 'record' | 'claim' | 'id'>): ItemKey {
  if (record === 0) return id;
  return claim === 0 ? String(record) : `${record}.${claim}`;
}

/** Reports whether an item is a claim of another item's record. */
export function isClaim(item: Item): boolean {
  return (item.claim ?? 0) > 0;
}

/** Returns the record of an item, or its claim; undefined for a link. */
export function contentOf({ records }: Proposal, item: Item): Json | undefined {
  if (item.added) return item.added;
  const record = records[(item.record ?? 0) - 1];
  if (!record || !isClaim(item)) return record;
  const claims = Array.isArray(record['claims']) ? (record['claims'] as Json[]) : [];
  return claims[(item.claim ?? 0) - 1];
}

/** Returns the content of an item as a person edited it, else as proposed. */
export function currentOf(proposal: Proposal, item: Item, edited: Json | undefined): Json | undefined {
  return edited ?? contentOf(proposal, item);
}

/** Returns the texts in a field of the objects of a list, such as the values of titles. */
export function textsOf(list: unknown, field = 'value'): string[] {
  if (!Array.isArray(list)) return [];
  return (list as Json[]).map((each) => each[field]).filter((each) => typeof each === 'string');
}

/** Returns the text of the proposal's document, and its record. */
export function documentOf({ records, review }: Proposal): Json | undefined {
  return records.find((each) => each['type'] === 'document' && each['id'] === review.document);
}

export function textOfDocument(proposal: Proposal): string {
  const text = documentOf(proposal)?.['text'];
  return typeof text === 'string' ? text : '';
}

/** Returns the hash under which a proposal is stored: the text's, else one of its document's id. */
export function hashOf(proposal: Proposal): string {
  const hash = documentOf(proposal)?.['sha256'];
  return typeof hash === 'string' && hash !== '' ? hash : proposal.review.document;
}

/** A range of the text, in code points. */
export interface Range {
  start: number;
  end: number;
}

/** Returns the words of a claim: its spans that have offsets. */
export function wordsOf(content: Json | undefined): Range[] {
  const spans = content?.['spans'];
  if (!Array.isArray(spans)) return [];
  return (spans as Json[]).flatMap(({ start, end }) =>
    typeof start === 'number' && typeof end === 'number' ? [{ start, end }] : [],
  );
}

/** Returns the sentences of an item, of a proposed claim without any those of its record. */
export function sentencesOf(items: readonly Item[], item: Item): readonly Sentence[] {
  if (item.sentences?.length) return item.sentences;
  if (!isClaim(item) || item.added) return [];
  return items.find((each) => each.record === item.record && !isClaim(each))?.sentences ?? [];
}

/** Returns the ids of nodes that a record or a claim refers to, with the field that has them, `participants` first. */
export function references(content: Json | undefined): { field: string; id: string }[] {
  const found: { field: string; id: string }[] = [];
  const add = (field: string, id: unknown) => {
    if (typeof id === 'string' && id !== '') found.push({ field, id });
  };
  const list = (field: string) => (Array.isArray(content?.[field]) ? (content[field] as unknown[]) : []);
  for (const each of list('participants') as Json[]) {
    add('participants', each['actor']);
    add('representing', each['representing']);
  }
  for (const each of list('locations') as Json[]) add('locations', each['location']);
  for (const each of list('respondsTo') as Json[]) add('respondsTo', each['to']);
  for (const field of ['claimants', 'partOf', 'announces', 'within']) for (const id of list(field)) add(field, id);
  for (const field of ['holder', 'counterpart', 'publisher', 'syndicates']) add(field, content?.[field]);
  const quote = content?.['quote'];
  if (typeof quote === 'object' && quote !== null) add('speaker', (quote as Json)['speaker']);
  return found;
}
