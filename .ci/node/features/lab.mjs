// What the feature tests share: named checks, and pages whose requests and drawings are recorded.
import { check, timeout, until } from '../checks.mjs';
import { keepTo, openPage } from '../pages.mjs';
import { recordDrawings } from './drawings.mjs';
import { missingUcdp } from './servers.mjs';

/** How long a page has to make no request to be at rest, in milliseconds. */
const rest = 350;

/** Returns the lab of one test. `passed` and `failed` count its checks. */
export function labOf({ name, browser, servers }) {
  const lab = { passed: 0, failed: 0, browser };
  let contexts = [];

  /** Runs a check; its pages are closed at its end. */
  lab.check = async (what, body) => {
    const passed = await check(`${name}: ${what}`, body);
    lab[passed ? 'passed' : 'failed']++;
    for (const context of contexts) await context.close();
    contexts = [];
  };
  /** Runs a check on UCDP's real file, where it is. */
  lab.checkUcdp = async (what, body) => {
    const missing = missingUcdp();
    if (missing) console.log(`SKIPPED ${name}: ${what}, on UCDP's file: ${missing}`);
    else await lab.check(`${what}, on UCDP's file`, body);
  };
  lab.address = (graph = 'sample') => servers.at(graph);
  /** Returns a context for the pages of a graph, which reaches no other server. */
  lab.context = async ({ graph, origins = [], offline = false, ...options } = {}) => {
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      locale: 'en-US',
      timezoneId: 'Europe/Kyiv',
      offline,
      ...options,
    });
    contexts.push(context);
    context.setDefaultTimeout(timeout);
    if (!offline) await keepTo(context, await servers.at(graph ?? 'sample'), ...origins);
    await context.addInitScript(recordDrawings);
    return context;
  };
  /** Opens the explorer at a view, with the answers of its first view. */
  lab.open = async (fragment, { graph = 'sample', context, ...options } = {}) => {
    const own = context ?? (await lab.context({ graph, ...options }));
    const page = await openPage(own, 'about:blank');
    recordQueries(page);
    await page.goto(`${await servers.at(graph)}/explore#${fragment}`);
    await settled(page);
    return page;
  };
  return lab;
}

/** Records the queries that a page sends in `page.queries`, and how many have no answer yet in `page.pending`. */
function recordQueries(page) {
  page.queries = [];
  page.pending = 0;
  page.lastQuery = performance.now();
  const isQuery = (request) => new URL(request.url()).pathname.endsWith('/graphql');
  page.on('request', (request) => {
    if (!isQuery(request)) return;
    const text = request.postData() ?? '';
    page.queries.push({ at: performance.now(), text });
    page.pending++;
    page.lastQuery = performance.now();
  });
  const ended = (request) => {
    if (!isQuery(request)) return;
    page.pending--;
    page.lastQuery = performance.now();
  };
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
}

/** Waits until a page shows the answers to all that it asked. */
export async function settled(page) {
  await page.locator('.panel').first().waitFor({ state: 'attached' });
  const started = performance.now(); // what was just changed may be asked a little later
  const quiet = () => page.pending === 0 && performance.now() - Math.max(started, page.lastQuery) > rest;
  await until('answers', quiet, (is) => is);
  await frames(page);
}

/** Returns the data of a GraphQL query that a test sends by itself, without the page. */
export async function dataOf(base, query, variables) {
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`${query}: ${errors[0].message}`);
  return data;
}

/** Waits until a page has painted. */
export function frames(page) {
  return page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Goes to another view by the address, as a link would. */
export async function go(page, fragment) {
  await page.evaluate((hash) => (location.hash = hash), fragment);
  await settled(page);
}

/**
 * Returns the variables of the last query that has a variable of a name. Queries that are sent as one request have
 * prefixes before the names of their variables.
 */
export function lastVariables(page, name) {
  for (const { text } of page.queries.toReversed()) {
    const variables = JSON.parse(text.slice(text.indexOf('{"query"'))).variables ?? {};
    const found = Object.keys(variables).find((key) => key === name || key.endsWith(`_${name}`));
    if (found === undefined) continue;
    const prefix = found.slice(0, -name.length);
    const own = Object.entries(variables).filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
  }
  return undefined;
}

/** Returns the fragment of the address, decoded. It follows the view by a fifth of a second. */
export const hashOf = (page) => page.evaluate(() => decodeURIComponent(location.hash));

/** Waits until the address has a text. */
export const hashHas = (page, text) =>
  until(
    `an address with ${text}`,
    () => hashOf(page),
    (hash) => hash.includes(text),
  );

/** Returns the number of events that the list shows. */
export const listed = (page) => page.locator('.panel-list .event').count();

/** Waits until the list shows a number of events. */
export const listHas = (page, ready) =>
  until('the list', () => listed(page), typeof ready === 'number' ? (n) => n === ready : ready);

/** A panel by its English name, as a reader finds it. */
export const panel = (page, name) => page.getByRole('region', { name, exact: true });

/** The drawing of a panel. */
export const drawing = (page, name) => panel(page, name).getByRole('application');

/** Opens the menu of a panel and returns an item of it. */
export async function item(page, name, text) {
  const own = panel(page, name);
  await own.locator('.menu summary').click();
  return own.locator('.menu').locator('a, button').filter({ hasText: text }).first();
}

/** Throws unless something holds. */
export function holds(what, value) {
  if (!value) throw new Error(what);
}
