// Opens the explorer as readers with other needs have it: node appearance.mjs BASE_URL
//
// Enlarged to 200 %, on a phone, in the colours of the system, with less motion, and without colours. The server has
// the sample.
import { check, equal, finish, launch, timeout, until } from '../checks.mjs';
import { keepTo } from '../pages.mjs';
import { languages, openView, views } from './views.mjs';

const base = process.argv[2]?.replace(/\/+$/, '');
if (!base) {
  console.error('usage: node appearance.mjs BASE_URL');
  process.exit(2);
}
const browser = await launch();

/** Runs a function with a view that is opened in a context with options. */
async function withView(view, options, run, shown = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(timeout);
  await keepTo(context, new URL(base).origin);
  await run(await openView(context, base, view, shown), context);
  await context.close();
}

/** Returns the names of the controls that are shown. */
const controls = (page) => page.evaluate(() =>
  [...document.querySelectorAll('button, a[href], summary, input, select, canvas')]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('.tabs, .skip'))
    .map((each) => each.getAttribute('aria-label') ?? each.labels?.[0]?.textContent ?? each.textContent)
    .map((name) => name.trim().replace(/\s+/g, ' ')));

/** Returns what reaches out of the window sideways, and what cuts off its text. */
const overflows = (page) => page.evaluate(() => {
  const scrolls = (each) => each && (['auto', 'scroll'].includes(getComputedStyle(each).overflowX) && each.scrollWidth >
    each.clientWidth ? each : scrolls(each.parentElement));
  const found = [...document.querySelectorAll('body *')].filter((each) => {
    if (!each.checkVisibility({ visibilityProperty: true }) || each.closest('.hidden, .skip, svg')) return false;
    const { left, right, width } = each.getBoundingClientRect();
    return width > 0 && (left < -1 || right > innerWidth + 1) && !scrolls(each.parentElement);
  });
  const wide = [document.documentElement, document.body, ...document.querySelectorAll('.panel, .panels')]
    .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0);
  return [...found, ...wide].map((each) => `${each.localName}.${each.className} ${each.textContent.slice(0, 40)}`);
});

const whole = {};
for (const language of languages) {
  await withView(views.evidence, {}, async (page) => (whole[language] = await controls(page)), { language });
}
const sizes = [['at 200 %', { width: 640, height: 400 }, 2], ['on a phone', { width: 360, height: 740 }, 1]];
for (const [name, viewport, scale] of sizes) {
  for (const language of languages) {
    await check(`all of the page, without scrolling sideways, ${name} in ${language}`, () =>
      withView(views.evidence, { viewport, deviceScaleFactor: scale }, async (page) => {
        const seen = new Set();
        const tabs = page.locator('.tabs button');
        equal('tabs', await tabs.count(), 5);
        for (let i = 0; i < 5; i++) {
          await tabs.nth(i).click();
          await page.waitForTimeout(200);
          equal(`what is too wide in ${await tabs.nth(i).textContent()}`, await overflows(page), []);
          const panel = page.locator('.panels > .panel:visible');
          equal('panels', await panel.count(), 1);
          const { height } = await panel.boundingBox();
          if (height < 240) throw new Error(`the panel is ${height} pixels high`);
          for (const control of await controls(page)) seen.add(control);
        }
        equal('what is missing', whole[language].filter((control) => !seen.has(control)), []);
      }, { language, panel: 'timeline' }));
  }
}

await check('a narrow screen shows the evidence of what is opened, and returns', () =>
  withView(views.first, { viewport: { width: 360, height: 740 } }, async (page) => {
    await page.locator('.panel-list .title').first().click();
    await page.locator('.panel-evidence .claim').first().waitFor();
    await page.getByLabel('Close the event').click();
    await page.locator('.panel-list .title').first().waitFor();
  }, { panel: 'list' }));

/** Returns how many colours a drawing has, each in at least a few pixels. */
const coloursOf = (page, panel) => page.locator(`.panel-${panel} canvas`).evaluate((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const counts = new Map();
  for (const pixel of new Uint32Array(data.buffer)) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  return [...counts.values()].filter((count) => count >= 12).length;
});

await check('forced colours: marks, pressed buttons, the chosen event and quoted words can be told apart', () =>
  withView(views.evidence, { forcedColors: 'active', reducedMotion: 'reduce' }, async (page) => {
    for (const panel of ['timeline', 'map', 'network']) {
      await until(`colours of the ${panel}`, () => coloursOf(page, panel), (n) => n >= 5);
    }
    const style = (selector, property) =>
      page.locator(selector).first().evaluate((each, name) => getComputedStyle(each)[name], property);
    await page.locator('.panel-list > details > summary').click();
    const facet = page.locator('.facets button').first();
    const plain = await facet.evaluate((each) => getComputedStyle(each).backgroundColor);
    await page.locator('.claim summary').first().click();
    await page.locator('.claim mark').first().waitFor();
    equal('words as the text around', await style('.claim mark', 'backgroundColor') ===
      await style('.claim .passages', 'backgroundColor'), false);
    equal('the chosen event', parseFloat(await style('.event.selected', 'borderInlineStartWidth')) > 1, true);
    await facet.click();
    await until('pressed', () => style('.facets button[aria-pressed=true]', 'backgroundColor'), (c) => c !== plain);
  }));

/**
 * Counts how often each panel's drawing is painted, each painting beginning with its paper, and how many layouts the
 * network's worker sends. Layouts that come within one frame are painted once.
 */
function countDrawings() {
  const { fillRect } = CanvasRenderingContext2D.prototype;
  const drawings = (globalThis.drawings = { painted: {}, layouts: 0 });
  CanvasRenderingContext2D.prototype.fillRect = function (...rect) {
    const panel = this.canvas.closest?.('.panel')?.id;
    if (rect[0] === 0 && rect[1] === 0 && rect[2] === this.canvas.clientWidth) {
      drawings.painted[panel] = (drawings.painted[panel] ?? 0) + 1;
    }
    return fillRect.apply(this, rect);
  };
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', () => drawings.layouts++);
    }
  };
}

await check('less motion: nothing moves by itself', async () => {
  const layouts = {};
  for (const reducedMotion of ['reduce', 'no-preference']) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion });
    context.setDefaultTimeout(timeout);
    await context.addInitScript(countDrawings);
    const page = await openView(context, base, views.first);
    await until('the network', () => coloursOf(page, 'network'), (n) => n >= 5);
    await page.waitForTimeout(1500);
    const drawings = await page.evaluate(() => globalThis.drawings);
    layouts[reducedMotion] = drawings.layouts;
    if (reducedMotion === 'reduce') {
      equal('animations', await page.evaluate(() => document.getAnimations().length), 0);
      equal('transitions', await page.evaluate(() => [...document.querySelectorAll('*')].filter((each) =>
        parseFloat(getComputedStyle(each).transitionDuration) > 0).length), 0);
      equal('play', await page.locator('.play').isVisible(), false);
      const { network } = drawings.painted;
      if (!(network >= 1 && network <= 4)) throw new Error(`the network is painted ${network} times`);
    }
    await context.close();
  }
  // A network that settles gets 20 layouts, of which each may be painted.
  equal('layouts', layouts, { reduce: 1, 'no-preference': 20 });
});

await check('the button that plays has another shape than the one of the next change', () =>
  withView(views.first, {}, async (page) => {
    const [play, next] = await Promise.all(['Play', 'Next change'].map((name) => page.getByLabel(name).innerText()));
    equal('the word', play.includes('Play'), true);
    equal('one shape', play[0] === next[0], false);
  }));

await browser.close();
finish('appearance');
