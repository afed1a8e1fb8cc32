// Names of nodes whose ids alone are known, such as the ids in an address. Ids that are needed at one time are
// requested together.
import { signal, type Signal } from '@preact/signals';
import { ask } from '../api/client';
import { Labels, type LabelsQuery } from '../api/types';

export interface Label {
  value: string;
  language: string | null;
  direction: string;
}

const longestList = 500;

const known = new Map<string, Signal<Label | undefined>>();
let waiting: { id: string; language: string }[] = [];

/** Returns the label of a node in a language: undefined until it is known, and the id if there is no such node. */
export function labelOf(id: string, language: string): Signal<Label | undefined> {
  const key = `${language} ${id}`;
  let label = known.get(key);
  if (!label) {
    known.set(key, (label = signal(undefined)));
    if (waiting.push({ id, language }) === 1) queueMicrotask(() => void askWaiting());
  }
  return label;
}

/** Returns the labels that are known, by keys that `learnNames` takes. */
export function knownNames(): [key: string, label: Label][] {
  return [...known].flatMap(([key, { value }]) => (value ? [[key, value] as [string, Label]] : []));
}

/** Makes labels known. */
export function learnNames(names: readonly [key: string, label: Label][]): void {
  for (const [key, label] of names) known.set(key, signal(label));
}

async function askWaiting(): Promise<void> {
  const asked = waiting;
  waiting = [];
  const byLanguage = new Map<string, string[]>();
  for (const { id, language } of asked) byLanguage.set(language, [...(byLanguage.get(language) ?? []), id]);
  for (const [language, ids] of byLanguage) {
    for (let first = 0; first < ids.length; first += longestList) {
      await askLabels(ids.slice(first, first + longestList), language);
    }
  }
}

async function askLabels(ids: string[], language: string): Promise<void> {
  let nodes: LabelsQuery['nodes'] = [];
  try {
    ({ nodes } = await ask(Labels, { ids, languages: [language] }));
  } catch {
    // The ids are shown instead. The next use of the name requests it again.
    for (const id of ids) known.delete(`${language} ${id}`);
    return;
  }
  ids.forEach((id, i) => {
    const node = nodes[i];
    const label = node && 'label' in node ? node.label : { value: id, language: null, direction: 'LTR' };
    const waiter = known.get(`${language} ${id}`);
    if (waiter) waiter.value = label;
  });
}
