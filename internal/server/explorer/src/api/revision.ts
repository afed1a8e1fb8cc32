// The revision of the store that the views show, and the newest one that the server told. The first question after a
// change asks for all views again, so that none shows another graph than the others.
import { computed, signal } from '@preact/signals';

/** The revision that the views show, as soon as an answer told it. */
export const revision = signal<string | undefined>(undefined);

const latest = signal<string | undefined>(undefined);

/** Whether the graph has changed since the views were loaded, or while they were. */
export const changed = computed(
  () => revision.value !== undefined && latest.value !== undefined && latest.value !== revision.value,
);

/** How often all questions were asked again. Queries are sent again when it changes. */
export const round = signal(0);

/** Sends all queries again. */
export function askAgain(): void {
  revision.value = latest.peek();
  lastAsked = Date.now();
  round.value++;
}

/** The least time between two rounds that questions cause, in milliseconds: a load changes the graph all the time. */
const pause = 5000;
let lastAsked = 0;

/** Tells that a new question is sent: after a change it asks for all views again. */
export function beforeQuestion(): void {
  if (changed.peek() && Date.now() - lastAsked >= pause) askAgain();
}

/** Takes the revision of an answer. */
export function answeredAt(told: string): void {
  if (revision.peek() === undefined) {
    revision.value = told;
    latest.value ??= told;
  } else if (told !== revision.peek()) {
    latest.value = told;
  }
}

/** Takes a revision that the server told by itself. */
export function changedTo(told: string): void {
  latest.value = told;
}
