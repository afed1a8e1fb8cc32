// The one state of the page. Views read it and call `change`; no view knows another.
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { format, parse } from './address';
import { filterOf, type Without } from './filter';
import type { Selection, View } from './view';

/** The current view. */
export const view = signal<View>(parse(location.hash));

/** The current view, which is set only when a movement has ended: soon after other changes, too. */
export const rested = signal<View>(view.peek());

/** Some fields of a value; an undefined one is to be removed. */
type Changes<T> = { [K in keyof T]?: T[K] | undefined };

/**
 * Changes the view. With `step` the browser's Back button returns to the view before; use it for single decisions
 * of a reader, such as opening an event, and not for movements, such as those of a map.
 */
export function change(changes: Changes<View>, { step = false } = {}): void {
  const next = merge(view.value, changes);
  if (step) history.pushState(null, '', `#${format(next)}`);
  view.value = next;
}

/** Changes the selection, as a step. */
export function select(changes: Changes<Selection>): void {
  change({ selection: merge(view.value.selection, changes) }, { step: true });
}

function merge<T extends object>(value: T, changes: Changes<T>): T {
  const merged = Object.entries({ ...value, ...changes }).filter(([, each]) => each !== undefined);
  return Object.fromEntries(merged) as T;
}

/** Returns a part of the state that notifies only if its content changes. */
export function part<T>(read: (view: View) => T): ReadonlySignal<T> {
  let last: { text: string | undefined; value: T } | undefined;
  return computed(() => {
    const value = read(view.value);
    const text = JSON.stringify(value) as string | undefined;
    if (!last || last.text !== text) last = { text, value };
    return last.value;
  });
}

const fields = new Map<keyof View, ReadonlySignal<unknown>>();

/**
 * Returns the signal of one field of the view. What reads `view` itself is done again in each frame of a movement,
 * since the window of the timeline and the camera of the map are fields too.
 */
export function field<Name extends keyof View>(name: Name): ReadonlySignal<View[Name]> {
  const found = fields.get(name) ?? computed(() => view.value[name]);
  fields.set(name, found);
  return found as ReadonlySignal<View[Name]>;
}

/** Returns the API's filter for the selection; see `filterOf`. */
export function filterPart(left: Without = {}) {
  return part(({ selection }) => filterOf(selection, left));
}

/** Variables of the queries that answer for two moments: `before` is asked for only if `compare` is true. */
export interface Moments {
  knownAt: string | null;
  before: string | null;
  compare: boolean;
}

/** The moment of knowledge that is shown, and the one it is compared with. */
export const moments = part(({ knownAt, comparedWith }): Moments => ({
  knownAt: knownAt ?? null,
  before: comparedWith ?? null,
  compare: comparedWith !== undefined,
}));

/** Keeps the address and the view equal until the returned function is called. */
export function followAddress(): () => void {
  const read = () => {
    if (format(view.value) !== format(parse(location.hash))) view.value = parse(location.hash);
  };
  addEventListener('popstate', read);
  addEventListener('hashchange', read);
  rested.value = view.peek();
  // Browsers limit how often an address may change, so a moving map writes it only when it rests.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const current = view.value;
    clearTimeout(timer);
    timer = setTimeout(() => {
      rested.value = current;
      const address = `#${format(current)}`;
      if (location.hash !== address) history.replaceState(history.state, '', address);
    }, 200);
  });
  return () => {
    clearTimeout(timer);
    stop();
    removeEventListener('popstate', read);
    removeEventListener('hashchange', read);
  };
}
