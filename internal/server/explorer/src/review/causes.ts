import type { Cause, Item } from '../proposal/types';
import { worded } from './codes';

/**
 * Returns why something is not loaded, in the page's language, or undefined if the page does not know its code. Nodes
 * that are items have their labels.
 */
export function causeOf({ code, values = {} }: Cause, items: readonly Item[]): string | undefined {
  const named = { ...values };
  for (const name of ['node', 'other']) {
    const item = items.find((each) => each.id !== undefined && each.id === values[name]);
    if (item) named[name] = item.label;
  }
  return worded(`cause.${code ?? ''}`, named);
}
