// Measures a first view of the explorer: node budgets.mjs BASE_URL
//
// Bytes as they are sent, requests, and the processor time of the longest task of the page. Processor time does not
// depend on what else the machine does, as the time of a clock does.
import { readFile, rm } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { check, finish, launch, timeout } from '../checks.mjs';
import { followRequests, isStream } from './views.mjs';

const base = process.argv[2]?.replace(/\/+$/, '');
if (!base) {
  console.error('usage: node budgets.mjs BASE_URL');
  process.exit(2);
}

/** The most that a first view may take: kB are 1,000 bytes, compressed unless they are raw. */
const budgets = {
  'script, kB': 60, 'script in all, kB': 90, 'styles, kB': 6, 'data, kB': 60, 'data, raw kB': 300,
  'GraphQL requests': 2, 'longest task, ms of processor time': 100, 'script of the review page, kB': 60,
};

/** Returns what a first view took, as a trace and the responses of the page tell. */
async function measure() {
  const browser = await launch();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(timeout);
  const page = await context.newPage();
  const settled = followRequests(page);
  const responses = [];
  page.on('response', (response) => {
    if (!isStream(response)) responses.push(response);
  });
  const trace = path.join(tmpdir(), `casus-trace-${process.pid}.json`);
  const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];
  await browser.startTracing(page, { path: trace, categories });
  await page.goto(`${base}/explore`);
  await page.locator('.panel-list .event').first().waitFor();
  await settled();
  await browser.stopTracing();
  const bytes = { stylesheet: 0, data: 0, raw: 0, requests: 0 };
  for (const response of responses) {
    const { responseBodySize } = await response.request().sizes();
    const type = response.request().resourceType();
    if (new URL(response.url()).pathname.endsWith('/graphql')) {
      bytes.requests++;
      bytes.data += responseBodySize;
      bytes.raw += (await response.body()).length;
    } else if (type in bytes) {
      bytes[type] += responseBodySize;
    }
  }
  const longest = longestTask(JSON.parse(await readFile(trace, 'utf8')).traceEvents);
  await rm(trace);
  await browser.close();
  return { ...bytes, longest };
}

/** Returns the most processor time, in milliseconds, of a task of the main thread of the page's process. */
function longestTask(events) {
  const own = events.find(({ name, args }) => name === 'TracingStartedInBrowser' || args?.data?.frames?.length > 0);
  const pid = own?.args?.data?.frames?.find(({ processId, parent }) => processId && !parent)?.processId;
  const main = events.find((event) => event.name === 'thread_name' && event.args.name === 'CrRendererMain' &&
    (pid === undefined || event.pid === pid));
  const tasks = events.filter(({ name, tid, pid: process, tdur }) =>
    /RunTask$/.test(name) && tdur !== undefined && tid === main?.tid && process === main?.pid);
  if (tasks.length === 0) throw new Error('the trace has no tasks of the page');
  return Math.max(...tasks.map(({ tdur }) => tdur / 1000));
}

/**
 * Returns the compressed bytes of the scripts that the page names, without which it shows nothing, and of all that it
 * may load in one language: those of the largest other language count, but not the script of saved pages, which goes
 * into a file of the reader. The review page is another page, with scripts of its own: all that it loads in English.
 */
function scripts() {
  const dist = new URL('../../../internal/server/explorer/dist/', import.meta.url).pathname;
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
  const reviewHTML = readFileSync(path.join(dist, 'review.html'), 'utf8');
  const built = readdirSync(path.join(dist, 'assets')).filter((name) => /\.js\.gz$/.test(name)).map((name) => {
    const content = readFileSync(path.join(dist, 'assets', name));
    const isIn = (page) => page.includes(name.replace(/\.gz$/, ''));
    const named = isIn(html);
    const catalog = !named && gunzipSync(content).includes('"network.shown"');
    return { name, bytes: content.length, named, catalog, review: isIn(reviewHTML) };
  });
  const all = built.filter(({ name }) => !/^(saved|review)-/.test(name));
  const sum = (chosen) => chosen.reduce((total, { bytes }) => total + bytes, 0);
  const catalogs = all.filter(({ catalog }) => catalog);
  const largest = Math.max(...catalogs.map(({ bytes }) => bytes));
  return { named: sum(all.filter(({ named }) => named)), all: sum(all) - sum(catalogs) + largest,
    review: sum(built.filter(({ review }) => review)) };
}

// Of processor time the least of five loads counts: compiling and caches only add to it.
const loads = [];
for (let i = 0; i < 5; i++) loads.push(await measure());
const [first] = loads;
const { named, all, review } = scripts();
const measured = {
  'script, kB': named / 1000, 'script in all, kB': all / 1000, 'styles, kB': first.stylesheet / 1000,
  'data, kB': first.data / 1000, 'data, raw kB': first.raw / 1000, 'GraphQL requests': first.requests,
  'longest task, ms of processor time': Math.min(...loads.map(({ longest }) => longest)),
  'script of the review page, kB': review / 1000,
};
for (const [name, most] of Object.entries(budgets)) {
  await check(`budget of ${name}`, () => {
    const value = measured[name];
    console.log(`${name}: ${value.toFixed(1)} of ${most}`);
    if (!(value <= most) || value === 0) throw new Error(`${value}, at most ${most}`);
  });
}
finish('budgets');
