// Tests what the explorer does when the graph changes under the reader, and when its server goes away:
// node changes.mjs CASUS
//
// CASUS is the program. It loads a small graph into a SQLite store, serves it, and loads more, or kills the server.
import { check, equal, finish, launch, timeout, until } from '../checks.mjs';
import { keepTo, openPage, startPages } from '../pages.mjs';
import { event, place, source } from './graphs.mjs';
import { makeStore, serve, startGraph } from './server.mjs';

const casus = process.argv[2];
if (!casus) {
  console.error('usage: node changes.mjs CASUS');
  process.exit(2);
}
const browser = await launch();
const notice = (page) => page.locator('.connection').textContent();
const changed = 'The data has changed since these views were loaded.';
const shown = (page) => page.locator('.panel-list > p').first().textContent();
const showing = (page, n) => until(`${n} events`, () => shown(page), (text) => text === `${n} events`);
const saying = (page, what) =>
  until(what || 'no notice', () => notice(page), (text) => (what ? text.includes(what) : text === ''));

/** A context that counts the streams that its pages open. */
async function newContext(...origins) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  context.setDefaultTimeout(timeout);
  await keepTo(context, ...origins);
  const streams = { opened: 0 };
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/events') streams.opened++;
  });
  return { context, streams };
}

const first = 20;
const made = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const two = (n) => String(n).padStart(2, '0');
const records = [
  ...source, ...made(first, (i) => place(i, i, i)),
  ...made(first, (i) => event(i, {
    time: `2025-03-${two(i + 1)}`, locations: [{ location: `location:${i}`, role: 'VENUE', precision: 1 }],
  })),
];
let last = first;
/** One more event, which becomes known on a day. */
const another = (day) => {
  const n = last++;
  const document = { type: 'document', id: `document:${n}`, titles: ['Later'], publisher: 'actor:p', publishedAt: day };
  return [...source, document, event(n, { document: document.id, time: '2025-03-05' })];
};

const graph = await startGraph(casus, records);
await check('the graph changes: the reader decides, and keeps the place', async () => {
  const { context, streams } = await newContext(graph.base);
  const place = 'window=2025-03-02T00:00:00.000Z/2025-03-09T00:00:00.000Z&map=10,10,4&event=event:3';
  const page = await openPage(context, `${graph.base}/explore#v=1&${place}`);
  const frozen = await openPage(context, `${graph.base}/explore#v=1&known=2025-03-10`);
  await showing(page, last);
  await showing(frozen, last);
  const before = await page.evaluate(() => location.hash);
  await graph.load(another('2025-04-01'));
  await saying(page, changed);
  equal('the view', await shown(page), `${first} events`);
  equal('the frozen view', await notice(frozen), '');
  await page.locator('.connection button').click();
  await showing(page, last);
  await saying(page, '');
  equal('the address', await page.evaluate(() => location.hash), before);
  equal('the frozen view', [await notice(frozen), await shown(frozen)], ['', `${first} events`]);
  equal('streams', streams.opened, 2);

  await graph.load(another('2025-04-02'));
  await saying(page, changed);
  await page.waitForTimeout(5000); // so long a question does not ask for all views again
  await page.locator('.panel-timeline select').selectOption('status');
  await showing(page, last);
  await saying(page, '');
  await context.close();
});

await check('pages of a list follow one another after a change', async () => {
  const many = made(60, (i) => event(`m${i}`, { time: '2025-05', titles: [`Many ${two(i)}`] }));
  await graph.load([...source, ...many]);
  last += many.length;
  const { context } = await newContext(graph.base);
  const page = await openPage(context, `${graph.base}/explore#v=1`);
  await showing(page, last);
  await page.locator('.panel-list').getByRole('button', { name: 'Show more' }).click();
  const rows = page.locator('.panel-list .event .title');
  await until('both pages', () => rows.count(), (n) => n === last);
  await graph.load(another('2025-04-03'));
  await saying(page, changed);
  await page.locator('.connection button').click();
  await until('the new event', () => rows.count(), (n) => n === last);
  const titles = await rows.allTextContents();
  equal('titles that are there twice', titles.length - new Set(titles).size, 0);
  await context.close();
});

await check('a page in the background has no stream', async () => {
  const { context, streams } = await newContext(graph.base);
  const page = await openPage(context, `${graph.base}/explore#v=1`);
  const look = (hidden) => page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await showing(page, last);
  const closed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/events'));
  await look(true);
  await closed;
  await graph.load(another('2025-04-05'));
  await page.waitForTimeout(4000);
  equal('what the page says', await notice(page), '');
  await look(false);
  await saying(page, changed);
  equal('streams', streams.opened, 2);
  await context.close();
});
await graph.stop();

await check('the server goes away and comes back', async () => {
  const { store, remove } = await makeStore(casus, records);
  let server = await serve(casus, store);
  const { context, streams } = await newContext(server.base);
  const page = await context.newPage();
  await page.goto(`${server.base}/explore#v=1`);
  await showing(page, first);
  await saying(page, '');
  await server.stop('SIGKILL');
  await saying(page, 'The server does not answer.');
  equal('the view', await shown(page), `${first} events`);
  await page.locator('.panel-timeline select').selectOption('status');
  const before = streams.opened;
  await page.waitForTimeout(8000);
  if (streams.opened - before > 6) throw new Error(`${streams.opened - before} streams in 8 seconds`);
  equal('the view', await shown(page), `${first} events`);
  server = await serve(casus, store, `--listen=${new URL(server.base).host}`);
  await saying(page, '');
  await until('the answer to the question', () => page.locator('[aria-busy=true]').count(), (n) => n === 0);
  await context.close();
  equal('the exit code', await server.stop(), 0);
  remove();
});

await check('the server still reads its events', async () => {
  const server = await startGraph(casus, records);
  const { context } = await newContext(server.base);
  await context.route('**/events', (route) => route.fulfill({
    contentType: 'text/event-stream',
    body: 'event: revision\ndata: {"revision":"1"}\n\nevent: reading\ndata: {"events":120000,"all":400000}\n\n',
  }));
  const page = await openPage(context, `${server.base}/explore#v=1`);
  await saying(page, 'The server is reading its events: 120,000 of 400,000.');
  await context.close();
  await server.stop();
});

await check('a session, and an embed', async () => {
  const token = 'a-token-of-the-checks';
  const server = await (async () => {
    process.env.CASUS_TOKENS = `checks:read:${token}`;
    try {
      return await startGraph(casus, records, '--anonymous-read', '--allow-embed=*');
    } finally {
      delete process.env.CASUS_TOKENS;
    }
  })();
  const embed = `<iframe src="${server.base}/explore#v=1&embed=all" width="900" height="700"></iframe>`;
  const article = await startPages(() => `<!doctype html><title>Article</title>${embed}`);
  const { context, streams } = await newContext(server.base, `http://localhost:${article.port}`);
  const page = await openPage(context, `http://localhost:${article.port}/`);
  const frame = page.frameLocator('iframe');
  await showing(frame, first);
  const own = await openPage(context, `${server.base}/explore#v=1`);
  await own.evaluate((secret) => fetch('session', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token: secret }),
  }), token);
  await own.reload();
  await showing(own, first);
  await server.load(another('2025-04-04'));
  await saying(frame, changed);
  await saying(own, changed);
  equal('streams', streams.opened, 3);
  await context.close();
  article.close();
  await server.stop();
});

await browser.close();
finish('a graph that changes');
