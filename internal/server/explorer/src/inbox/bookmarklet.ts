// The bookmarklet: a program in a bookmark that the reader runs in the page of an article. It opens /inbox in a tab and
// hands over what the page shows. It holds no token, and reads nothing but the page.

/** The most characters that are handed over: text files of articles have at most 8 MiB. */
export const mostCharacters = 8 << 20;

/** What /inbox sends to the page that opened it, and what the bookmarklet answers. */
export const readyMessage = 'casus-inbox-ready';
export const articleMessage = 'casus-article';

/** Returns the bookmarklet's code. `inbox` is the address of /inbox. */
export function bookmarkletCode(inbox: string): string {
  const { origin } = new URL(inbox);
  return `(() => {
  const inbox = ${JSON.stringify(inbox)};
  const origin = ${JSON.stringify(origin)};
  const meta = (...names) => names.map((name) => document.querySelector(
    'meta[property="' + name + '"], meta[name="' + name + '"]')?.content).find(Boolean) || '';
  const selected = String(getSelection());
  const article = {
    type: ${JSON.stringify(articleMessage)},
    title: document.title,
    address: location.href,
    publisher: meta('og:site_name'),
    published: meta('article:published_time', 'date', 'dcterms.date').slice(0, 10),
    language: document.documentElement.lang,
    format: selected.trim() ? 'text' : 'html',
    content: selected.trim() ? selected : document.documentElement.outerHTML,
  };
  const tab = open(inbox, '_blank');
  if (!tab) return alert('The browser did not open the inbox.');
  const give = (event) => {
    if (event.source !== tab || event.origin !== origin || event.data !== ${JSON.stringify(readyMessage)}) return;
    removeEventListener('message', give);
    tab.postMessage(article, origin);
  };
  addEventListener('message', give);
})();`;
}

/** Returns the address of a bookmark with a code. */
export function bookmarkletAddress(code: string): string {
  return `javascript:${encodeURIComponent(code)}`;
}
