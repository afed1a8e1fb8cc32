// What the reader opens in the evidence: the focus follows to it, and returns when it is closed.
import { change, view } from './store';
import type { Panel, View } from './view';

/** Where the reader was before. */
let opener: { element: Element | null; panel: Panel } | undefined;
let wantsFocus = false;

/** Reports whether one panel is shown at a time, as layout.css has it. */
function isNarrow(): boolean {
  return matchMedia('(max-width: 900px)').matches;
}

/** Opens an event, a tie or paths, as a step. On narrow screens it goes to the evidence. */
export function open(subject: { [K in 'event' | 'link' | 'path']?: View[K] | undefined }): void {
  opener = { element: document.activeElement, panel: view.peek().panel };
  wantsFocus = true;
  change({ ...subject, ...(isNarrow() && { panel: 'evidence' }) }, { step: true });
}

/** Closes what is shown, as a step, and returns to where it was opened. */
export function close(): void {
  const { event, link, path } = view.peek();
  if (event === undefined && !link && !path) return;
  const closed = event !== undefined ? { event: undefined } : link ? { link: undefined } : { path: undefined };
  const { element, panel } = opener ?? { element: null };
  opener = undefined;
  change({ ...closed, ...(isNarrow() && panel && { panel }) }, { step: true });
  requestAnimationFrame(() => {
    const isThere = element instanceof HTMLElement && element !== document.body && element.isConnected;
    (isThere ? element : document.getElementById('evidence'))?.focus();
  });
}

/** Moves the focus to a heading if the reader has opened what it is about: an address that has it does not. */
export function focusOpened(heading: HTMLElement | null): void {
  if (!wantsFocus || !heading) return;
  wantsFocus = false;
  heading.focus({ preventScroll: true });
}
