// The keys of the review page.

export type Action =
  'accept' | 'reject' | 'edit' | 'link' | 'same' | 'add' | 'undo' | 'next' | 'previous' | 'preview' | 'help';

/** Each action with its keys, in the order of the help. */
export const actionKeys: Record<Action, readonly string[]> = {
  accept: ['a'],
  reject: ['r'],
  edit: ['e'],
  link: ['l'],
  same: ['s'],
  add: ['n'],
  undo: ['u'],
  next: ['j', 'ArrowDown'],
  previous: ['k', 'ArrowUp'],
  preview: ['p'],
  help: ['?'],
};

/** The places of the keys on a keyboard, so that they work in every layout: Cyrillic and Arabic ones have no `a`. */
const codes: Record<string, Action> = {
  KeyA: 'accept',
  KeyR: 'reject',
  KeyE: 'edit',
  KeyL: 'link',
  KeyS: 'same',
  KeyN: 'add',
  KeyU: 'undo',
  KeyJ: 'next',
  KeyK: 'previous',
  KeyP: 'preview',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * Returns the action of a key, undefined without one. A letter counts as what it writes; if it writes none of a to z,
 * its place counts.
 */
export function actionOf({ key, code, ctrlKey, metaKey, altKey }: Pressed): Action | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const written = key.length === 1 ? key.toLowerCase() : key;
  const action = (Object.keys(actionKeys) as Action[]).find((each) => actionKeys[each].includes(written));
  if (action || /^[ -~]$/.test(written)) return action;
  if (key === '؟') return 'help';
  return key.length === 1 ? codes[code] : undefined;
}
