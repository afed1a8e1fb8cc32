// What is not loaded because of decisions, as far as it can be told without the server: the preview tells all of it.
import type { Decided } from './decisions';
import { contentOf, isClaim, type ItemKey, keyOf, references } from './items';
import type { Item, Proposal } from './types';

/** Why an item falls: with its record, with the claimants or the ends of a tie, or because no claim is left. */
export interface Fall {
  because: 'record' | 'claimants' | 'ends' | 'document' | 'claims';
  /** The label of the rejected item; empty for `claims`. */
  label: string;
}

/** Returns the items that fall because others are rejected. Undecided items count as accepted: they may still be. */
export function falling(proposal: Proposal, now: Decided): ReadonlyMap<ItemKey, Fall> {
  const { items } = proposal.review;
  const isRejected = (item: Item) => now.get(keyOf(item))?.verdict === 'REJECT';
  const falls = new Map<ItemKey, Fall>();
  const document = items.find(({ type }) => type === 'document');
  const byId = new Map(items.flatMap((item) => (item.id !== undefined && !isClaim(item) ? [[item.id, item]] : [])));
  const rejectedNode = (id: string) => {
    const item = byId.get(id);
    return item && isRejected(item) ? item : undefined;
  };

  for (const item of items) {
    if (isRejected(item)) continue;
    const record = isClaim(item) ? items.find((each) => each.record === item.record && !isClaim(each)) : undefined;
    const content = now.get(keyOf(item))?.edited ?? contentOf(proposal, item);
    const ids = (field: string) => references(content).filter((each) => each.field === field);
    if (document && isRejected(document)) {
      falls.set(keyOf(item), { because: 'document', label: document.label });
    } else if (record && isRejected(record)) {
      falls.set(keyOf(item), { because: 'record', label: record.label });
    } else if (item.type === 'claim' && record?.type === 'event') {
      const claimants = ids('claimants').map(({ id }) => rejectedNode(id));
      const [first] = claimants;
      if (first && claimants.every(Boolean)) falls.set(keyOf(item), { because: 'claimants', label: first.label });
    } else if (item.type === 'affiliation') {
      const end = [...ids('holder'), ...ids('counterpart')].map(({ id }) => rejectedNode(id)).find(Boolean);
      if (end) falls.set(keyOf(item), { because: 'ends', label: end.label });
    }
  }
  for (const item of items) {
    if (item.type !== 'event' || isRejected(item) || falls.has(keyOf(item))) continue;
    const claims = items.filter((each) => each.record === item.record && isClaim(each));
    const lost = (claim: Item) => isRejected(claim) || falls.has(keyOf(claim));
    if (claims.length > 0 && claims.every(lost)) falls.set(keyOf(item), { because: 'claims', label: '' });
  }
  return falls;
}
