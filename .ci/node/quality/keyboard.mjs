// Uses the explorer by keyboard alone: node keyboard.mjs BASE_URL
//
// The server has the sample. From the address bar it goes through the whole page, and back; it searches, moves the
// slider, walks on each drawing, opens evidence and its words, and shares. The focus is seen at every stop, is never
// caught, and returns to where something was opened when that is closed.
import { check, equal, finish, launch, timeout, until } from '../checks.mjs';
import { keepTo } from '../pages.mjs';
import { focused, tabTo } from './focus.mjs';
import { openView, views } from './views.mjs';

const base = process.argv[2]?.replace(/\/+$/, '');
if (!base) {
  console.error('usage: node keyboard.mjs BASE_URL');
  process.exit(2);
}
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
context.setDefaultTimeout(timeout);
await keepTo(context, new URL(base).origin);

const open = (view, options) => openView(context, base, view, options);
const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const chips = (page) => page.locator('.chip').count();
const canvasOf = (panel) => (at) => at.panel === panel && at.tag === 'canvas';
const labelOf = (page, panel) => page.locator(`.panel-${panel} canvas`).getAttribute('aria-label');

/** Waits until the focus is where `wanted` says. */
const focusOn = (page, what, wanted) => until(what, () => focused(page), (at) => at !== undefined && wanted(at));

for (const [language, view] of [['en', views.first], ['ar', views.evidence]]) {
  await check(`every stop is seen, there and back, in ${language}`, async () => {
    const page = await open(view, { language });
    const stops = { Tab: [], 'Shift+Tab': [] };
    for (const [key, found] of Object.entries(stops)) {
      // After the last stop the browser itself has the focus; on the way back it may go on from the end at once.
      const most = key === 'Tab' ? 250 : stops.Tab.length;
      while (found.length < most) {
        await page.keyboard.press(key);
        const at = await focused(page);
        if (!at) break;
        found.push(at);
      }
    }
    const text = ({ panel, tag, name }) => `${panel} ${tag} ${name}`;
    const hidden = stops.Tab.filter((each) => each.hidden);
    equal('hidden stops', hidden.map((each) => `${text(each)}: ${each.hidden}`), []);
    const [there, back] = [stops.Tab.map(text), stops['Shift+Tab'].map(text).reverse()];
    equal('where the way back differs', back.filter((each, i) => each !== there[i]), []);
    equal('stops', back.length, there.length);
    const [skip, search] = stops.Tab;
    equal('the first stops', [skip.tag, search.tag], ['a', 'input']);
    equal('drawings', stops.Tab.filter(({ tag }) => tag === 'canvas').map(({ panel }) => panel), [
      'timeline', 'map', 'network',
    ]);
    equal('panels', [...new Set(stops.Tab.map(({ panel }) => panel))], [
      'bars', 'timeline', 'map', 'network', 'list', 'evidence',
    ]);
    equal('names', stops.Tab.filter(({ name }) => name === '').map(text), []);
    await page.close();
  });
}

/** Reports whether the focus is on a button of the list of events next to a mark. */
const inList = ({ tag, panel }) => tag === 'button' && panel === 'dialog';

await check('the first stop leads to the evidence', async () => {
  const page = await open(views.evidence);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  equal('focus', await page.evaluate(() => document.activeElement?.id), 'evidence');
  await page.close();
});

await check('a search', async () => {
  const page = await open(views.first);
  await tabTo(page, ({ tag, panel }) => tag === 'input' && panel === 'bars');
  await page.keyboard.type('Зеленський');
  await page.locator('.search [role=option]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await until('the condition', () => chips(page), (n) => n === 1);
  await tabTo(page, ({ name }) => name.startsWith('Remove'));
  await page.keyboard.press('Enter');
  await until('no condition', () => chips(page), (n) => n === 0);
  await page.close();
});

await check('the slider', async () => {
  const page = await open(views.first);
  await tabTo(page, ({ type, name }) => type === 'range' && name === 'Known on');
  await page.keyboard.press('ArrowLeft');
  await until('an earlier moment', () => hash(page), (text) => text.includes('known=2025-12-20'));
  await page.close();
});

await check('the timeline: arrows, Enter and the way back', async () => {
  const page = await open(views.first);
  await tabTo(page, canvasOf('timeline'));
  const before = await labelOf(page, 'timeline');
  await page.keyboard.press('ArrowRight');
  const first = await until('an event', () => labelOf(page, 'timeline'), (text) => text !== before);
  await page.keyboard.press('ArrowRight');
  await until('the next event', () => labelOf(page, 'timeline'), (text) => text !== first);
  await page.keyboard.press('Enter');
  await focusOn(page, 'the heading of the evidence', ({ tag, panel }) => tag === 'h3' && panel === 'evidence');
  await page.keyboard.press('Escape');
  await focusOn(page, 'the timeline again', canvasOf('timeline'));
  await page.keyboard.press('Escape');
  await until('no event', () => labelOf(page, 'timeline'), (text) => text === before);
  await page.close();
});

await check('the map: arrows, Enter and the way back', async () => {
  const page = await open(views.first);
  await tabTo(page, canvasOf('map'));
  for (let i = 0; i < 20 && !(await hash(page)).includes('event='); i++) {
    const before = await labelOf(page, 'map');
    await page.keyboard.press('ArrowRight');
    await until('the next place', () => labelOf(page, 'map'), (text) => text !== before || i > 0);
    // The events of a number are listed, an event opens.
    if (!/^\d/.test(await labelOf(page, 'map'))) await page.keyboard.press('Enter');
    await page.waitForTimeout(400);
  }
  await focusOn(page, 'the heading of the evidence', ({ tag, panel }) => tag === 'h3' && panel === 'evidence');
  await page.keyboard.press('Escape');
  await focusOn(page, 'the map again', canvasOf('map'));
  await page.close();
});

await check('the events of a place: Enter, Enter and the way back', async () => {
  const page = await open(views.first);
  await tabTo(page, canvasOf('map'));
  for (let i = 0; i < 20 && !/^\d+ events/.test(await labelOf(page, 'map')); i++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(200);
  }
  await page.keyboard.press('Enter');
  await focusOn(page, 'an event of the list', inList);
  await page.keyboard.press('Escape');
  await focusOn(page, 'the map again', canvasOf('map'));
  await page.keyboard.press('Enter');
  await focusOn(page, 'an event of the list', (at) => inList(at) && at.hidden === undefined);
  await page.keyboard.press('Enter');
  await focusOn(page, 'the heading of the evidence', ({ tag, panel }) => tag === 'h3' && panel === 'evidence');
  await page.keyboard.press('Escape');
  await focusOn(page, 'the map after the evidence', canvasOf('map'));
  await page.close();
});

await check('the network: arrows, Enter, and its ties as a table', async () => {
  const page = await open(views.first);
  await tabTo(page, canvasOf('network'));
  await page.locator('.panel-network canvas').evaluate((canvas) => canvas.width > 0);
  await page.keyboard.press('ArrowRight');
  await until('an actor', () => labelOf(page, 'network'), (text) => text !== 'Network');
  await page.keyboard.press('Enter');
  await focusOn(page, 'an event of the actor', inList);
  await page.keyboard.press('Enter');
  await focusOn(page, 'the heading of the evidence', ({ tag, panel }) => tag === 'h3' && panel === 'evidence');
  await page.keyboard.press('Escape');
  await focusOn(page, 'the network again', canvasOf('network'));
  await page.keyboard.press('Enter');
  await focusOn(page, 'an event of the actor again', inList);
  await tabTo(page, ({ panel, name }) => panel === 'dialog' && name === 'Show only these');
  await page.keyboard.press('Enter');
  await until('the condition', () => chips(page), (n) => n === 1);
  await page.waitForTimeout(1500); // the network of the actor comes to rest
  await focusOn(page, 'the network still', canvasOf('network'));
  await tabTo(page, ({ tag, panel }) => tag === 'summary' && panel === 'network');
  await page.keyboard.press('Enter');
  const tie = await tabTo(page, ({ tag, panel }) => tag === 'button' && panel === 'network');
  await page.keyboard.press('Enter');
  await focusOn(page, 'the heading of the tie', ({ tag, panel }) => tag === 'h3' && panel === 'evidence');
  await page.keyboard.press('Escape');
  await focusOn(page, 'the tie in the table again', ({ name }) => name === tie.name);
  await page.close();
});

await check('an event of the list, its claims, and their words in the document', async () => {
  const page = await open(views.first);
  const row = await tabTo(page, ({ tag, panel }) => tag === 'button' && panel === 'list');
  await page.keyboard.press('Enter');
  await focusOn(page, 'its heading', ({ tag, name }) => tag === 'h3' && name === row.name);
  await page.locator('.claim').first().waitFor();
  await tabTo(page, ({ tag, name }) => tag === 'summary' && name.startsWith('The words'));
  await page.keyboard.press('Enter');
  await page.locator('.claim mark').first().waitFor();
  const words = await tabTo(page, ({ tag }) => tag === 'blockquote', { most: 1 });
  equal('focus on the words', words.hidden, undefined);
  await tabTo(page, ({ name }) => name === 'Close the event', { key: 'Shift+Tab', most: 20 });
  await page.keyboard.press('Enter');
  await focusOn(page, 'the row again', ({ panel, name }) => panel === 'list' && name === row.name);
  await page.close();
});

await check('the menu of a panel, and sharing', async () => {
  const page = await open(views.first);
  const menu = await tabTo(page, ({ tag, panel }) => tag === 'summary' && panel === 'timeline');
  await page.keyboard.press('Enter');
  await page.locator('.menu li').first().waitFor();
  await tabTo(page, ({ name }) => name === 'Save as SVG', { most: 2 });
  await page.keyboard.press('Escape');
  await focusOn(page, 'the menu', ({ name }) => name === menu.name);
  await tabTo(page, ({ name }) => name === 'Share', { key: 'Shift+Tab' });
  await page.keyboard.press('Enter');
  await focusOn(page, 'the dialog', ({ panel }) => panel === 'dialog');
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    // Between its last and its first stop the browser itself has the focus.
    if (at && at.panel !== 'dialog') throw new Error(`out of the dialog: ${JSON.stringify(at)}`);
    if (at?.hidden) throw new Error(`${at.name}: ${at.hidden}`);
  }
  await page.keyboard.press('Escape');
  await focusOn(page, 'Share again', ({ name }) => name === 'Share');
  await page.close();
});

await browser.close();
finish('keyboard');
