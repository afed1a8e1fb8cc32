import { say, term } from '../i18n/review';
import { currentOf, keyOf } from '../proposal/items';
import { knownOf } from '../proposal/decisions';
import type { Decision, Item } from '../proposal/types';
import { Doubts } from './Doubts';
import { EditItem } from './EditItem';
import { ItemFacts } from './ItemFacts';
import { ItemName } from './ItemName';
import { ItemTools } from './ItemTools';
import { LinkTool } from './LinkTool';
import { Reason } from './Reason';
import { decided, falls, proposal, select, tool } from './state';

const signs = { ACCEPT: '✓', REJECT: '✕', OPEN: '○' };

/** An item: what it says, what is doubtful about it, and what was decided. */
export function ItemCard({ item, isChosen }: { item: Item; isChosen: boolean }) {
  const own = proposal.value;
  if (!own) return null;
  const key = keyOf(item);
  const decision = decided.value.get(key);
  const fall = falls.value.get(key);
  const content = currentOf(own, item, decision?.edited);
  const state = decision?.verdict ?? 'OPEN';
  return (
    <>
      <div class="item-head" onClick={() => select(key)}>
        <span class={`verdict ${state}`}>
          <span aria-hidden="true">{signs[state]}</span>
          <span class="hidden">{say(`verdict.${state}`)}</span>
        </span>
        <span class="badge">{term('item', item.type)}</span>
        <span class="item-label" dir="auto">
          {labelOf(item, decision)}
        </span>
        {item.flags?.length ? (
          <span class="badge doubt">
            <span aria-hidden="true">⚑</span> {say('flags.count', { count: item.flags.length })}
          </span>
        ) : null}
        {item.added && <span class="badge">{say('verdict.added')}</span>}
        {decision?.edited && <span class="badge">{say('verdict.edited')}</span>}
      </div>
      {fall && (
        <p class="falls">
          {say(`falls.${fall.because}`)} {fall.label !== '' && <bdi dir="auto">{short(fall.label)}</bdi>}
        </p>
      )}
      <Link item={item} decision={decision} />
      {isChosen && (
        <>
          {content && <ItemFacts item={item} content={content} />}
          <Doubts item={item} />
          <ItemTools item={item} decision={decision} />
          {tool.value === 'edit' && content && <EditItem key={key} item={item} content={content} />}
          {(tool.value === 'link' || tool.value === 'same') && <LinkTool key={key + tool.value} item={item} />}
        </>
      )}
    </>
  );
}

/** The label of an item: the edited title or words, if there are any. */
function labelOf(item: Item, decision: Decision | undefined): string {
  const edited = decision?.edited;
  const names = edited?.['titles'] ?? edited?.['names'];
  const [title] = Array.isArray(names) ? (names as { value?: string }[]) : [];
  const quote = edited?.['quote'] as { text?: string } | undefined;
  return short(title?.value ?? quote?.text ?? item.label);
}

function short(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** The known node that an item is, by the proposal or by a decision. */
function Link({ item, decision }: { item: Item; decision: Decision | undefined }) {
  const known = knownOf(item, decision);
  if (known === undefined) {
    return decision?.own ? <p class="muted">{say('link.own')}</p> : null;
  }
  const proposed = known === item.known?.id ? item.known : item.suggestions?.find(({ id }) => id === known);
  const what = item.type === 'event' ? 'link.event' : item.type === 'document' ? 'link.reprint' : 'link.known';
  return (
    <p class="link">
      <span aria-hidden="true">⇢</span> {say(what)}{' '}
      {proposed ? <bdi dir="auto">{proposed.name}</bdi> : <ItemName id={known} />}
      {proposed && (
        <>
          {' '}
          <Reason node={proposed} />
        </>
      )}
    </p>
  );
}
