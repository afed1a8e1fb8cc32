// What the server says of the decisions: the preview, and the load.
import { batch, computed, signal } from '@preact/signals';
import { load, preview, ServerFault, type Submission } from '../proposal/exchange';
import { withDecisions } from '../proposal/decisions';
import type { Outcome } from '../proposal/types';
import { curations, decided, proposal, tab } from './state';

/** The last answer, with the decisions that it is about. */
const answered = signal<{ outcome: Outcome; decisions: unknown; own: unknown } | undefined>(undefined);

export const outcome = computed(() => answered.value?.outcome);
/** Whether decisions were taken since the answer. */
export const stale = computed(
  () =>
    answered.value !== undefined &&
    (answered.value.decisions !== decided.value || answered.value.own !== curations.value),
);
export const busy = signal(false);
export const failure = signal<unknown>(undefined);
/** Whether the graph had changed since the preview, so that it was made again. */
export const conflicted = signal(false);

/** Who decides, kept in the browser, and how it is loaded. */
export const by = signal(read('casus-review-by'));
export const note = signal('');
export const keepText = signal(true);
export const replace = signal(false);

function read(name: string): string {
  try {
    return localStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

export function setBy(value: string): void {
  by.value = value;
  try {
    localStorage.setItem('casus-review-by', value);
  } catch {
    // The browser keeps nothing: the name is asked for again.
  }
}

function submission(): Submission {
  const own = proposal.peek();
  return {
    ...(own && { records: own.records, review: withDecisions(own.review, decided.peek()) }),
    ...(curations.peek().length > 0 && { curations: curations.peek() }),
    ...(by.peek().trim() !== '' && { by: by.peek().trim() }),
    ...(note.peek().trim() !== '' && { note: note.peek().trim() }),
    keepText: keepText.peek(),
    replace: replace.peek(),
  };
}

/** Asks what the decisions change. */
export async function previewAll(): Promise<void> {
  tab.value = 'preview';
  conflicted.value = false;
  await ask(() => preview(submission()));
}

/** Loads what is accepted. If the graph has changed since the preview, it previews again. */
export async function loadAll(): Promise<void> {
  const before = answered.peek()?.outcome.revision;
  conflicted.value = false;
  await ask(() => load({ ...submission(), ...(before !== undefined && { revision: before }) }));
  const now = answered.peek();
  if (now?.outcome.loaded) {
    // Decisions about the graph are made: the next load does not make them again.
    batch(() => {
      curations.value = [];
      answered.value = { ...now, own: curations.value };
    });
  }
  const error = failure.peek();
  if (error instanceof ServerFault && error.code === 'CONFLICT') {
    await previewAll();
    conflicted.value = true;
  }
}

async function ask(send: () => Promise<Outcome>): Promise<void> {
  if (busy.peek()) return;
  busy.value = true;
  failure.value = undefined;
  const [decisions, own] = [decided.peek(), curations.peek()];
  try {
    answered.value = { outcome: await send(), decisions, own };
  } catch (error) {
    failure.value = error;
  } finally {
    busy.value = false;
  }
}

/** Forgets the answer, when another proposal is opened. */
export function forgetOutcome(): void {
  answered.value = undefined;
  failure.value = undefined;
  conflicted.value = false;
}
