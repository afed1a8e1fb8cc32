import { say } from '../i18n/review';
import { type Action, actionKeys } from '../proposal/keys';
import { linked } from '../proposal/decisions';
import type { Decision, Item } from '../proposal/types';
import { actions, allowed } from './actions';
import { decideSelected, tool } from './state';

/** The buttons of the chosen item. */
export function ItemTools({ item, decision }: { item: Item; decision: Decision | undefined }) {
  const button = (action: Action, pressed: boolean) => (
    <button
      type="button"
      aria-pressed={pressed}
      aria-keyshortcuts={actionKeys[action][0]}
      onClick={actions[action]}
    >
      {say(`help.${action}`)} <kbd dir="ltr">{actionKeys[action][0]}</kbd>
    </button>
  );
  const open = (name: 'edit' | 'link' | 'same') =>
    allowed(name, item.type, item.record) && button(name, tool.value === name);
  return (
    <div class="item-tools" role="group" aria-label={say('tools')}>
      {button('accept', decision?.verdict === 'ACCEPT')}
      {button('reject', decision?.verdict === 'REJECT')}
      {open('edit')}
      {open('link')}
      {open('same')}
      {item.known && (item.claim ?? 0) === 0 && (
        <button
          type="button"
          aria-pressed={decision?.own === true}
          onClick={() => decideSelected(linked(decision, item, undefined), { move: false })}
        >
          {say('link.undo')}
        </button>
      )}
    </div>
  );
}
