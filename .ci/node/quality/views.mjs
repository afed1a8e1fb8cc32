// Views of the explorer that the checks of its quality open, on the sample. They are frozen at a moment of knowledge.
import { until } from '../checks.mjs';

/** Views by name: the fragment without language and theme, and what must be shown before the view is complete. */
export const views = {
  first: { fragment: 'known=2025-12-21', shown: '.panel-list .event' },
  evidence: { fragment: 'known=2025-12-21&event=event:miami-talks-2025-12-20', shown: '.claim' },
  comparison: { fragment: 'known=2025-12-21&since=2025-12-19', shown: '.changes .event' },
  lanes: { fragment: 'known=2025-12-21&lanes=actor&window=2025-12-14/2025-12-23', shown: '.panel-list .event' },
  publishers: { fragment: 'known=2025-12-21&lanes=publisher', shown: '.panel-list .event' },
  paths: {
    fragment: 'known=2025-12-21&path=actor:kushner&path=actor:putin', shown: '.ladder .rung',
  },
};

export const languages = ['en', 'uk', 'ar'];
export const themes = ['light', 'dark'];

/** Reports whether a request or a response is the stream of revisions, which does not end. */
export const isStream = (message) => new URL(message.url()).pathname.endsWith('/events');

/** Follows the requests of a page, and returns a function that waits until it has none, and its fonts are loaded. */
export function followRequests(page) {
  const open = new Set();
  let last = Date.now();
  const ended = (request) => {
    if (open.delete(request)) last = Date.now();
  };
  page.on('request', (request) => {
    if (isStream(request)) return;
    open.add(request);
    last = Date.now();
  });
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  return async () => {
    await until('the last answer', () => open.size === 0 && Date.now() - last, (quiet) => quiet > 300);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
  };
}

/** Opens a view in a new page of a context, and waits until it is complete. */
export async function openView(context, base, { fragment, shown }, { language = 'en', theme = 'light', panel } = {}) {
  const page = await context.newPage();
  const settled = followRequests(page);
  const rest = [['lang', language], ['theme', theme], ['panel', panel]].filter(([, value]) => value !== undefined);
  await page.goto(`${base}/explore#v=1&${fragment}&${rest.map((pair) => pair.join('=')).join('&')}`);
  await page.locator(shown).first().waitFor({ state: 'attached' });
  await page.locator(`html[lang=${language}][data-theme=${theme}]`).waitFor();
  await settled();
  return page;
}
