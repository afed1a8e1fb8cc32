import { say } from '../i18n/review';
import { linked } from '../proposal/decisions';
import { keyOf } from '../proposal/items';
import type { Item, Suggestion } from '../proposal/types';
import { Reason } from './Reason';
import { Words } from './Words';
import { worded } from './codes';
import { isApart, keepApart, merge, mergedWith, takeBack } from './identity';
import { decided, decideSelected } from './state';

/** The flags and the suggestions of an item, each explained. */
export function Doubts({ item }: { item: Item }) {
  return (
    <>
      {item.flags && item.flags.length > 0 && (
        <ul class="doubts" aria-label={say('flags.title')}>
          {item.flags.map(({ code, values, why }, i) => (
            <li key={i}>
              <strong>{worded(`flag.${code}`) ?? code}</strong>{' '}
              <Words own={worded(`flag.${code}.why`, values)} english={why} />
            </li>
          ))}
        </ul>
      )}
      {item.suggestions && item.suggestions.length > 0 && (
        <ul class="doubts" aria-label={say('suggestions.title')}>
          {item.suggestions.map((each) => (
            <SuggestedNode key={each.id} item={item} node={each} />
          ))}
        </ul>
      )}
    </>
  );
}

/** A node that the item may be: take it as that, or decide that the two are different, or the same. */
function SuggestedNode({ item, node }: { item: Item; node: Suggestion }) {
  const before = decided.value.get(keyOf(item));
  const own = item.id;
  return (
    <li>
      {say('suggestions.may')} <strong dir="auto">{node.name}</strong> <Reason node={node} />{' '}
      <button type="button" onClick={() => decideSelected(linked(before, item, node.id))}>
        {say(item.type === 'event' ? 'suggestions.join' : 'suggestions.link')}
      </button>
      {own !== undefined && own !== node.id && item.type !== 'document' && (
        <>
          {' '}
          {(['apart', 'merge'] as const).map((choice) => {
            const pressed = (choice === 'apart' ? isApart : mergedWith)(own, node.id);
            const press = pressed ? takeBack : choice === 'apart' ? keepApart : merge;
            return (
              <button key={choice} type="button" aria-pressed={pressed} onClick={() => press(own, node.id)}>
                {say(`identity.${choice}`)}
              </button>
            );
          })}
        </>
      )}
    </li>
  );
}
