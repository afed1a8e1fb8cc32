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

/** Opens a view of a graph in a window of a size. */
async function open(base, fragment, width, height) {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(timeout);
  await keepTo(context, base);
  return openPage(context, `${base}/explore#v=1&${fragment}`);
}

/** Waits until no view loads, takes a screenshot, and measures that the page is not wider than its window. */
async function settle(page, name) {
  await until('the answers', () => page.locator('[aria-busy=true]').count(), (n) => n === 0);
  await until('the number of events', () => page.locator('.panel-list > p').first().textContent(), (text) => /\d|٠|٩|أحداث|حدث/u.test(text));
  await page.waitForTimeout(400);
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
  const wide = await page.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll('.panel, .chips, .credit, .connection')]
      .filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth)
      .map((each) => `${each.id || each.className || each.tagName} has ${each.scrollWidth} pixels in ${each.clientWidth}`));
  equal('what scrolls sideways', wide, []);
  equal('failures', await page.locator('.failure').allTextContents(), []);
}

/** The checks of the page with all views. */
async function tryAll(base, name, graph) {
  const page = await open(base, '', 1400, 900);
  const { events, timeless = 0, placeless = 0, noMap, timelineEmpty = events === timeless } = graph;
  await until('the list', () => page.locator('.panel-list > p').first().textContent(), (text) => text === eventsText(events));
  await until(
    'what the timeline has', () => page.locator('.panel-timeline .empty').count(), (n) => n === (timelineEmpty ? 1 : 0));
  await until('what the map has', () => page.locator('.panel-map .empty').count(), (n) => n === (noMap ? 1 : 0));
  await settle(page, `${name}-en`);
  const tools = async (panel, what, count) => {
    const text = (await page.locator(`.panel-${panel} .panel-tools`).first().textContent()) ?? '';
    equal(what, /[\d,]+ events? without a \w+/.exec(text)?.[0], count > 0 ? `${eventsText(count)} ${what}` : undefined);
  };
  await tools('timeline', 'without a time', timeless);
  await tools('map', 'without a place', noMap ? events : placeless);
  for (const lanes of ['status', 'actor', 'place', 'publisher']) {
    await page.locator('.panel-timeline select').selectOption(lanes);
    await settle(page, `${name}-lanes-${lanes}`);
  }
  await page.locator('.panel-map .table summary').click();
  await page.context().close();
}

/** The checks of an event with its evidence, on a phone and from right to left. */
async function tryEvent(base, name, graph) {
  const page = await open(base, `lang=ar&panel=evidence&event=event:${graph.chosen ?? 0}`, 360, 740);
  await until('the evidence', () => page.locator('.evidence h3').count(), (n) => n === 1);
  await settle(page, `${name}-ar-evidence`);
  for (const panel of ['timeline', 'map', 'network', 'list']) {
    await page.locator('.tabs button').nth(['timeline', 'map', 'network', 'list'].indexOf(panel)).click();
    await settle(page, `${name}-ar-${panel}`);
  }
  await page.context().close();
}

/** What only one graph has. */
const own = {
  async names(base) {
    const page = await open(base, `event=event:0`, 1400, 900);
    for (const [i, text] of names.entries()) {
      await page.locator('.panel-list .title').nth(i).click();
      await until(`the title ${i}`, () => page.locator('.evidence h3').textContent(), (got) => visible(got) === visible(text));
      await until('the claims', () => page.locator('.claim').count(), (n) => n === 2);
    }
    equal('the page’s title', await page.title(), 'Casus explorer');
    equal('elements of names', await page.locator('main img, main svg[onload], main script').count(), 0);
    await page.locator('.search input').fill('script');
    await until('suggestions', () => page.locator('.search [role=option]').count(), (n) => n > 0);
    if (shots) await page.screenshot({ path: `${shots}/names-search.png` });
    await page.context().close();
  },
  async crowd(base) {
    const page = await open(base, 'event=event:0', 1400, 900);
    await until('who took part', () => page.locator('.evidence .facts').first().locator('li').count(), (n) => n === 500);
    await page.context().close();
  },
  async chain(base) {
    const page = await open(base, 'event=event:0', 1400, 900);
    await until('the claims', () => page.locator('.claim').count(), (n) => n === 60);
    equal('the rest', await page.locator('.evidence').getByText('60 of 200 claims').count(), 1);
    await settle(page, 'chain-event');
    await page.context().close();
  },
};

for (const [name, graph] of Object.entries(graphs(Number(options.events)))) {
  if (only.length > 0 && !only.includes(name)) continue;
  const server = await startGraph(casus, graph.records);
  await check(`${name}: all views`, () => tryAll(server.base, name, graph));
  if (graph.events > 0) await check(`${name}: an event`, () => tryEvent(server.base, name, graph));
  if (own[name]) await check(`${name}: its own`, () => own[name](server.base));
  await check(`${name}: the server stops`, async () => equal('its exit code', await server.stop(), 0));
}
await browser.close();
finish('hostile data');
