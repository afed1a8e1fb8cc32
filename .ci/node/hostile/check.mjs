// Opens the explorer on graphs that try to break it: node check.mjs CASUS [--events N] [NAME...]
//
// CASUS is the program. It loads each graph of graphs.mjs into a SQLite store of its own and serves it. N is the number
// of events at one point, 10,000 if it is not given. Of each graph the page is opened wide and narrow, in English and
// in Arabic. An error on the console, a violation of the page's policy, an answer with an error status, a page that
// scrolls sideways, a view that says something else than what there is, or that never answers, fails.
//
// With the variable CASUS_SHOTS it writes screenshots into that folder.
import { parseArgs } from 'node:util';
import { check, equal, finish, launch, timeout, until } from '../checks.mjs';
import { keepTo, openPage } from '../pages.mjs';
import { graphs, names, visible } from './graphs.mjs';
import { startGraph } from './server.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true, options: { events: { type: 'string', default: '10000' } },
});
const [casus, ...only] = positionals;
if (!casus) {
  console.error('usage: node check.mjs CASUS [--events N] [NAME...]');
  process.exit(2);
}
const shots = process.env.CASUS_SHOTS;
const browser = await launch();

const number = (count) => new Intl.NumberFormat('en').format(count);
const eventsText = (count) => `${number(count)} event${count === 1 ? '' : 's'}`;

/** Opens a view of a graph in a window of a size, and closes it when `body` ends. */
async function open(base, fragment, [width, height], body) {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
  try {
    context.setDefaultTimeout(timeout);
    await keepTo(context, base);
    countQuestions(context);
    await body(await openPage(context, `${base}/explore#v=1&${fragment}`));
  } finally {
    await context.close();
  }
}

/** The questions of a context that are not answered, and when the last one was. */
const questions = new WeakMap();

function countQuestions(context) {
  const state = { open: new Set(), last: 0 };
  questions.set(context, state);
  const end = (request) => {
    if (state.open.delete(request)) state.last = Date.now();
  };
  context.on('request', (request) => new URL(request.url()).pathname === '/graphql' && state.open.add(request));
  context.on('requestfinished', end);
  context.on('requestfailed', end);
}

const wide = [1400, 900];
const phone = [360, 740];

/** Waits until all questions are answered, takes a screenshot, and measures that nothing is wider than its window. */
async function settle(page, name) {
  const state = questions.get(page.context());
  const began = Date.now(); // a question is sent up to 120 ms after what it follows from
  const rest = () => Date.now() - Math.max(began, state.last);
  await until('the answers', () => state.open.size === 0 && rest() > 300, Boolean);
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
  const sideways = await page.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll('.panel, .chips, .credit, .connection')]
      .filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth)
      .map((each) => `${each.id || each.className || each.tagName}: ${each.scrollWidth} in ${each.clientWidth}`));
  equal('what scrolls sideways', sideways, []);
  equal('failures', await page.locator('.failure').allTextContents(), []);
}

/** The checks of the page with all views. */
const tryAll = (base, name, graph) => open(base, '', wide, async (page) => {
  const { events, timeless = 0, noMap, timelineEmpty = events === timeless } = graph;
  const list = page.locator('.panel-list > p').first();
  await until('the list', () => list.textContent(), (text) => text === eventsText(events));
  const empty = (panel, wanted) =>
    until(`what the ${panel} has`, () => page.locator(`.panel-${panel} .empty`).count(), (n) => n === (wanted ? 1 : 0));
  await empty('timeline', timelineEmpty);
  await empty('map', noMap);
  await settle(page, `${name}-en`);
  const says = async (panel, what, count) => {
    const text = (await page.locator(`.panel-${panel} .panel-tools`).first().textContent()) ?? '';
    const found = /[\d,]+ events? without a (time|place)/.exec(text)?.[0];
    equal(what, found, count > 0 ? `${eventsText(count)} ${what}` : undefined);
  };
  await says('timeline', 'without a time', timeless);
  await says('map', 'without a place', noMap ? events : 0);
  for (const lanes of ['status', 'actor', 'place', 'publisher']) {
    await page.locator('.panel-timeline select').selectOption(lanes);
    await settle(page, `${name}-lanes-${lanes}`);
  }
  await page.locator('.panel-map .table summary').click();
});

const tabs = ['timeline', 'map', 'network', 'list'];

/** The checks of an event with its evidence, on a phone and from right to left. */
const tryEvent = (base, name) => open(base, 'lang=ar&panel=evidence&event=event:0', phone, async (page) => {
  await until('the evidence', () => page.locator('.evidence h3').count(), (n) => n === 1);
  await settle(page, `${name}-ar-evidence`);
  for (const [i, panel] of tabs.entries()) {
    await page.locator('.tabs button').nth(i).click();
    await settle(page, `${name}-ar-${panel}`);
  }
});

/** What only one graph has, beside an event. */
const own = {
  async names(page) {
    for (const [i, text] of names.entries()) {
      await page.locator('.panel-list .title').nth(i).click();
      const title = page.locator('.evidence h3');
      await until(`title ${i}`, () => title.textContent(), (got) => visible(got) === visible(text));
      await until('the claims', () => page.locator('.claim').count(), (n) => n === 2);
    }
    equal('the title of the page', await page.title(), 'Casus explorer');
    equal('elements of names', await page.locator('main img, main svg[onload], main script').count(), 0);
    await page.locator('.search input').fill('script');
    await until('suggestions', () => page.locator('.search [role=option]').count(), (n) => n > 0);
    await settle(page, 'names-search');
  },
  async crowd(page) {
    const people = page.locator('.evidence .facts').first().locator('li');
    await until('who took part first', () => people.count(), (n) => n === 20);
    await page.locator('.evidence details summary', { hasText: 'and 480 more' }).click();
    await settle(page, 'crowd-event');
  },
  async chain(page) {
    await until('the claims', () => page.locator('.claim').count(), (n) => n === 60);
    equal('the rest', await page.locator('.evidence').getByText('60 of 200 claims').count(), 1);
    await settle(page, 'chain-event');
  },
  async dates(page) {
    const times = page.locator('.panel-list .when', { hasText: 'BC' });
    await until('times before our era', () => times.count(), (n) => n === 5);
  },
};

for (const [name, graph] of Object.entries(graphs(Number(options.events)))) {
  if (only.length > 0 && !only.includes(name)) continue;
  const server = await startGraph(casus, graph.records, ...(graph.flags ?? []));
  await check(`${name}: all views`, () => tryAll(server.base, name, graph));
  if (graph.events > 0) await check(`${name}: an event`, () => tryEvent(server.base, name));
  if (own[name]) await check(`${name}: its own`, () => open(server.base, 'event=event:0', wide, own[name]));
  await check(`${name}: the server stops`, async () => equal('its exit code', await server.stop(), 0));
}
await browser.close();
finish('hostile data');
