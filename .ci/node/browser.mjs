// Tests the playground in a browser: node browser.mjs BASE_URL [--screenshot FILE] [--dark]
//
// It opens the page in Chromium, runs every example, and reopens a link. A request to another origin, an error on the
// console or in the page, or an answer with errors fails.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { filled, fillQuery, idsOf } from '../../internal/server/playground/src/fill.js';
import { check, fault, finish, launch, timeout, until } from './checks.mjs';

const leastExamples = 10;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { screenshot: { type: 'string' }, dark: { type: 'boolean' } },
});
if (positionals.length !== 1) {
  console.error('usage: node browser.mjs BASE_URL [--screenshot FILE] [--dark]');
  process.exit(2);
}
const base = positionals[0].replace(/\/+$/, '');
const { origin } = new URL(base);

const browser = await launch();
const context = await browser.newContext({
  viewport: { width: 1400, height: 900 },
  colorScheme: options.dark ? 'dark' : 'light',
  permissions: ['clipboard-read', 'clipboard-write'],
});
context.setDefaultTimeout(timeout);
await context.route('**/*', (route) => {
  const url = new URL(route.request().url());
  if (url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:') return route.continue();
  fault(`a request to another origin: ${url}`);
  return route.abort();
});

async function newPage() {
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') fault(`on the console: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => fault(`in the page: ${error.stack || error}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // Aborted: the page was left.
    if (reason !== 'net::ERR_ABORTED') fault(`a failed request: ${request.url()} ${reason}`);
  });
  page.on('response', (response) => response.status() >= 400 && fault(`${response.status()} for ${response.url()}`));
  return page;
}

/** The text of an editor as the reader sees it: Monaco writes non-breaking spaces, and draws only the lines in view. */
async function shownIn(page, region) {
  const lines = page.locator(`${region} .view-lines`).first();
  return ((await lines.textContent()) ?? '').replaceAll('\u00a0', ' ');
}

/** The query in a link. It is in the fragment, which no server sees. */
const queryOf = (link) => new URLSearchParams(new URL(link).hash.slice(1)).get('query');

const queryEditor = '.graphiql-query-editor';
const squeezed = (text) => text.replace(/\s+/g, '');

/** Waits until the editor shows the beginning of a query. */
const editorShows = (page, query) => until('the query in the editor', () => shownIn(page, queryEditor),
  (text) => squeezed(text).includes(squeezed(query).slice(0, 40)));

/** Opens an example and runs it. It checks the whole answer of the API, and the part of it that the pane shows. */
async function runExample(page, example) {
  await page.locator(`[data-example="${example.name}"]`).click();
  await editorShows(page, example.query);

  const answered = page.waitForResponse((response) =>
    response.url() === `${base}/graphql` && response.request().postDataJSON()?.query === example.query);
  await page.getByRole('button', { name: /^Execute query/ }).click();
  const response = await answered;
  const sent = response.request().postDataJSON();
  if (JSON.stringify(sent.variables ?? {}) !== JSON.stringify(example.variables ?? {})) {
    const variables = JSON.stringify(example.variables);
    throw new Error(`sent the variables ${JSON.stringify(sent.variables)} instead of ${variables}`);
  }
  const answer = await response.json();
  if (answer.errors || !answer.data) throw new Error(`the answer: ${JSON.stringify(answer).slice(0, 600)}`);
  if (!/\[[^\]]/.test(JSON.stringify(answer.data))) throw new Error(`empty: ${JSON.stringify(answer.data)}`);
  const pane = await until('the answer in the pane', () => shownIn(page, '.result-window'),
    (text) => text.includes('"data"'));
  if (pane.includes('"errors"')) throw new Error(`the pane shows errors: ${pane.slice(0, 400)}`);
}

/** The server's examples, with the variables that the page gives them for this graph. */
async function shownExamples() {
  const served = await (await context.request.get(`${base}/playground/examples.json`)).json();
  const all = served.map((each) => ({ ...each, variables: each.variables ? JSON.stringify(each.variables) : '' }));
  const data = { query: fillQuery, variables: { ids: idsOf(all) } };
  const answer = await (await context.request.post(`${base}/graphql`, { data })).json();
  return filled(all, answer.data).map((each) =>
    ({ ...each, variables: each.variables ? JSON.parse(each.variables) : undefined }));
}

const page = await newPage();
let examples = [];

await check('the playground opens with its examples in sight', async () => {
  await page.goto(`${base}/playground`);
  await page.locator(`${queryEditor} .view-line`).first().waitFor();
  const list = page.getByRole('region', { name: 'Examples' }).locator('[data-example]');
  await list.first().waitFor();
  examples = await shownExamples();
  const count = await list.count();
  if (count !== examples.length) throw new Error(`${count} examples in the list, ${examples.length} served`);
  if (count < leastExamples) throw new Error(`${count} examples, fewer than ${leastExamples}`);
});

await check('its workers run', async () => {
  // Without them the editor works slowly and does not check queries.
  const name = (worker) => new URL(worker.url()).pathname.split('/').at(-1).split('-')[0];
  const names = () => page.workers().map(name).sort().join(' ');
  await until('the workers', names, (running) => running.includes('graphql') && running.includes('json'));
});

await check('its icon is served', async () => {
  // Headless Chromium does not request it.
  const icon = await context.request.get(await page.locator('link[rel=icon]').evaluate((link) => link.href));
  const type = icon.headers()['content-type'] ?? '';
  if (!icon.ok() || !type.startsWith('image/')) throw new Error(`${icon.status()} ${type} for ${icon.url()}`);
});

for (const example of examples) {
  await check(`example ${example.name}`, () => runExample(page, example));
}
if (options.screenshot) await page.screenshot({ path: options.screenshot });

await check('the query is in the address and survives a reload', async () => {
  const example = examples.at(-1);
  await until('the query in the address', () => queryOf(page.url()),
    (query) => query === example.query);
  await page.reload();
  await editorShows(page, example.query);
});

await check('a link to the query can be copied', async () => {
  await page.getByRole('button', { name: 'Copy a link' }).click();
  await page.getByRole('button', { name: 'Link copied' }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  if (queryOf(link) !== examples.at(-1).query) throw new Error(`copied ${link}`);
});

await check('a page without a link restores the tab that was open, with its variables', async () => {
  const example = examples.find((each) => each.variables);
  await page.goto(`${base}/playground?example=${example.name}`);
  await editorShows(page, example.query);
  // GraphiQL stores a tab half a second after its last change.
  const stored = () => page.evaluate(() => localStorage.getItem('graphiql:tabState'));
  await until('the example in the storage', stored,
    (state) => JSON.parse(state).tabs.some((tab) => tab.query === example.query));
  const tabs = await page.getByRole('tab').count();
  await page.goto(`${base}/playground`);
  await editorShows(page, example.query);
  const variables = squeezed(JSON.stringify(example.variables));
  await until('its variables', () => shownIn(page, '.graphiql-editor-tool'), (text) => squeezed(text) === variables);
  const after = await page.getByRole('tab').count();
  if (after !== tabs) throw new Error(`${after} tabs, ${tabs} before`);
});

await check('a link opens its query for a reader who was never here, and Prettify lays it out', async () => {
  const query = 'query FromALink { __typename }';
  const elsewhere = await newPage();
  await elsewhere.addInitScript(() => localStorage.clear());
  await elsewhere.goto(`${base}/playground?${new URLSearchParams({ query })}`);
  await editorShows(elsewhere, query);
  await elsewhere.getByRole('button', { name: /^Prettify/ }).click();
  await until('the query on three lines', () => elsewhere.locator(`${queryEditor} .view-line`).count(),
    (lines) => lines >= 3);
  await elsewhere.close();
});

await check('?example=NAME opens an example', async () => {
  const example = examples[1];
  const elsewhere = await newPage();
  await elsewhere.goto(`${base}/playground?example=${example.name}`);
  await editorShows(elsewhere, example.query);
  await elsewhere.close();
});

await check('an answer is shown as a table, and saved as JSON and CSV', async () => {
  const elsewhere = await newPage();
  const query = '{ timeline(first: 3) { nodes { id time { edtf } } } }';
  await elsewhere.goto(`${base}/playground#${new URLSearchParams({ query })}`);
  await editorShows(elsewhere, query);
  await elsewhere.getByRole('button', { name: /^Execute query/ }).click();
  await until('the answer', () => shownIn(elsewhere, '.result-window'), (text) => text.includes('"data"'));
  await elsewhere.getByRole('button', { name: /^Show the answer as a table/ }).click();
  const dialog = elsewhere.getByRole('dialog', { name: 'Answer' });
  const heads = await dialog.locator('th').allTextContents();
  if (heads.join() !== 'id,time.edtf') throw new Error(`columns ${heads}`);
  const first = await dialog.locator('tbody td').first().textContent();
  const save = async (name) => {
    const [download] = await Promise.all([
      elsewhere.waitForEvent('download'), dialog.getByRole('button', { name }).click(),
    ]);
    return readFile(await download.path(), 'utf8');
  };
  const csv = (await save('Save as CSV')).split('\r\n');
  if (csv[0] !== '\ufeffid,time.edtf' || !csv[1].startsWith(`${first},`) || csv.length !== 5) throw new Error(csv);
  const json = JSON.parse(await save('Save as JSON'));
  if (json.data.timeline.nodes[0].id !== first) throw new Error(JSON.stringify(json).slice(0, 200));
  await elsewhere.close();
});

await check('it works on a phone', async () => {
  const phone = await browser.newContext({ viewport: { width: 360, height: 740 } });
  phone.setDefaultTimeout(timeout);
  const small = await phone.newPage();
  await small.goto(`${base}/playground`);
  await small.locator(`${queryEditor} .view-line`).first().waitFor();
  await runExample(small, examples[3]);
  const wide = await small.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 360) throw new Error(`it is ${wide} pixels wide`);
  for (const region of [queryEditor, '.result-window', '[data-example]']) {
    const { width } = await small.locator(region).first().boundingBox();
    if (width < 270 || width > 360) throw new Error(`${region} is ${width} pixels wide`);
  }
  await phone.close();
});

await browser.close();
finish('browser');
