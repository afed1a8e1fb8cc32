// The fragment of the addresses of /review and /inbox: language and theme as in the explorer, and what is opened.
import { effect, signal } from '@preact/signals';
import { change, view } from '../state/store';
import { parse } from '../state/address';

export interface Opened {
  /** The hash of a proposal that the browser has stored. */
  proposal?: string;
  /** A claim of the graph that is to be corrected, and its event. */
  claim?: string;
  event?: string;
}

const names = ['proposal', 'claim', 'event'] as const;
const longest = 500;

/** Returns what an address opens. */
export function parseOpened(fragment: string): Opened {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  const opened: Opened = {};
  for (const name of names) {
    const value = parameters.get(name);
    if (value !== null && value !== '' && value.length <= longest) opened[name] = value;
  }
  return opened;
}

/** Returns the fragment of a page, without `#`. */
export function formatOpened(opened: Opened, { language, theme }: { language: string; theme: string }): string {
  const parameters = new URLSearchParams();
  for (const name of names) if (opened[name] !== undefined) parameters.set(name, opened[name]);
  if (language !== 'en') parameters.set('lang', language);
  if (theme !== 'system') parameters.set('theme', theme);
  return parameters.toString();
}

export const opened = signal<Opened>(parseOpened(location.hash));

/** Returns the address of another page of this server in the page's language and theme. */
export function addressOfPage(page: 'explore' | 'review' | 'inbox', to: Opened = {}): string {
  const fragment = formatOpened(to, view.value);
  return fragment === '' ? page : `${page}#${fragment}`;
}

/** Keeps the address, language, theme and what is opened equal. */
export function followOpened(): void {
  addEventListener('hashchange', () => {
    const { language, theme } = parse(location.hash);
    change({ language, theme });
    if (formatOpened(opened.peek(), view.peek()) !== formatOpened(parseOpened(location.hash), view.peek())) {
      opened.value = parseOpened(location.hash);
    }
  });
  effect(() => {
    const fragment = `#${formatOpened(opened.value, view.value)}`;
    if (location.hash !== fragment && !(fragment === '#' && location.hash === '')) {
      history.replaceState(history.state, '', fragment === '#' ? location.pathname : fragment);
    }
  });
}
