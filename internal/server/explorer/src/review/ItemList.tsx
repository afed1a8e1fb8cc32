import { useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../i18n/review';
import { isClaim, type ItemKey, keyOf } from '../proposal/items';
import { AddClaim } from './AddClaim';
import { ItemCard } from './ItemCard';
import { Words } from './Words';
import { worded } from './codes';
import { decided, items, proposal, refused, selected, tool } from './state';

/** The records and claims, claims below their events. The chosen one has the focus, and is scrolled to. */
export function ItemList() {
  const chosen = useRef<HTMLLIElement>(null);
  const last = useRef<ItemKey | undefined>(undefined);
  useLayoutEffect(() => {
    if (last.current === selected.value) return;
    const first = last.current === undefined;
    last.current = selected.value;
    const active = document.activeElement;
    const free = active === document.body || active?.closest('.items, .article-text') !== null;
    if (!first && free) chosen.current?.focus({ preventScroll: true });
    chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [selected.value]);
  const now = decided.value;
  return (
    <>
      {tool.value === 'add' && proposal.value && <AddClaim own={proposal.value} />}
      <ol class="items" aria-label={say('tabs.items')}>
        {items.value.map((item) => {
          const key = keyOf(item);
          const isChosen = key === selected.value;
          const state = now.get(key)?.verdict ?? 'OPEN';
          return (
            <li
              key={key}
              ref={isChosen ? chosen : null}
              class={`item ${state}${isClaim(item) ? ' of-record' : ''}${isChosen ? ' chosen' : ''}`}
              tabIndex={isChosen ? 0 : -1}
              aria-current={isChosen}
            >
              <ItemCard item={item} isChosen={isChosen} />
            </li>
          );
        })}
      </ol>
      <Refused />
    </>
  );
}

/** The entries of the answer that were refused. */
function Refused() {
  if (refused.value.length === 0) return null;
  return (
    <details class="refused">
      <summary>{say('refused.title', { count: refused.value.length })}</summary>
      <ul>
        {refused.value.map(({ list, entry, field = '', leftOut, code, values, reason, found, nearest }, i) => (
          <li key={i}>
            <code dir="ltr">
              {list} {entry}
              {field}
            </code>{' '}
            {leftOut === true && say('refused.leftOut')}{' '}
            <Words own={worded(`refusal.${code ?? ''}`, values)} english={reason} />
            {[found, nearest].map((words) => words !== undefined && <bdi key={words}> · {words}</bdi>)}
          </li>
        ))}
      </ul>
    </details>
  );
}
