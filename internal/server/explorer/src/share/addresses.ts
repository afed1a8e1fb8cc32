// Addresses that stand for a view: the page itself, exports of its events, and the query behind it in the playground.
import { format } from '../state/address';
import { filterOf } from '../state/filter';
import type { View } from '../state/view';

/** Returns the view as of the moment that it shows, or of now: later claims do not change it. */
export function frozen(view: View, now: string): View {
  return view.knownAt === undefined ? { ...view, knownAt: now } : view;
}

/** Returns the view as a page of its own, not in another one. */
export function whole(view: View): View {
  const { embed, ...others } = view;
  return embed === undefined || embed === 'all' ? others : { ...others, panel: embed };
}

/** Returns the address of a view. `page` is the page's own address, with or without a view. */
export function addressOf(page: string, view: View): string {
  return `${page.replace(/#.*$/s, '')}#${format(view)}`;
}

/** Returns the lines with which another page shows a view, in a frame of a height in CSS pixels. */
export function embedCode(address: string, title: string, height: number): string {
  const text = (value: string) =>
    value.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const size = `width="100%" height="${height}"`;
  return `<iframe src="${text(address)}" title="${text(title)}" ${size} loading="lazy"></iframe>`;
}

/** Returns the address of an export of the selected events, as they are known at the view's moment. */
export function exportAddress(view: View, exportFormat: string, parameters: Record<string, string> = {}): string {
  const filter = filterOf(view.selection);
  const query = new URLSearchParams({
    ...(Object.keys(filter).length > 0 && { filter: JSON.stringify(filter) }),
    ...(view.knownAt !== undefined && { knownAt: view.knownAt }),
    language: view.language,
    ...parameters,
  });
  return `export/${exportFormat}?${query.toString()}`;
}

/** Returns the address of a query in the playground. What follows # is not sent, so it may be of any length. */
export function playgroundAddress(query: string, variables: unknown): string {
  const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables, null, 2) });
  return `playground#${parameters.toString()}`;
}

/** Returns the name of a query, such as `TimelineBuckets`. */
export function nameOf(query: string): string {
  return /^\s*query\s+(\w+)/.exec(query)?.[1] ?? '';
}
