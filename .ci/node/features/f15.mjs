import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { equal, until } from '../checks.mjs';
import { buildWith, serveBuild } from './build.mjs';
import { paintedIn } from './drawings.mjs';
import { go, hashHas, holds, listHas, panel, settled } from './lab.mjs';

export const title = 'languages, and both directions';

const headings = { en: ['ltr', 'Evidence'], uk: ['ltr', 'Докази'], ar: ['rtl', 'الأدلة'] };

/** The states of the page in which dates are looked for. */
const views = [
  'v=1&from=2025-12&to=2025-12-20&known=2025-12-21',
  'v=1&event=event:miami-talks-2025-12-20',
  'v=1&since=2025-12-19',
  'v=1&path=actor:kushner&path=actor:putin',
  'v=1&link=actor:kushner&link=actor:witkoff',
  'v=1&from=2022-02-24/..',
];

/** Returns texts with a raw date, a range or a comparison that the direction of the page could turn round. */
function rawDates(page) {
  return page.evaluate(() => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!/\d{4}-\d\d|\d{4}\s*[–/]|\.\.\/|\/\.\.|[<>≤≥]\s*\d/.test(node.data)) continue;
      const own = node.parentElement.closest('bdi');
      const isolated =
        own &&
        (own.dir === 'ltr' ||
          !/\d{4}-\d\d|\/\.\.|\.\.\//.test(node.data) ||
          /\u2066[^\u2069]*\d{4}-\d\d[^\u2069]*\u2069/.test(node.data));
      const inWords = node.parentElement.closest('blockquote, .passages, q, option, script, style');
      if (!isolated && !inWords) found.push(node.data.slice(0, 80));
    }
    return found;
  });
}

/** Returns the digits of other scripts in the page's own words and drawings. Names and quotes may have any. */
async function otherDigits(page) {
  const words = await page.evaluate(() => {
    const copy = document.body.cloneNode(true);
    for (const each of copy.querySelectorAll('blockquote, q, bdi[lang], .passages, .claim > p[dir=auto]'))
      each.remove();
    return copy.textContent;
  });
  const drawn = (await Promise.all(['timeline', 'map'].map((name) => paintedIn(page, name, 'text')))).flat();
  return [words, ...drawn.map(({ text }) => text)].join(' ').match(/[\u0660-\u0669\u06f0-\u06f9]/g) ?? [];
}

export default async function ({ check, open, context }) {
  for (const [language, [direction, heading]] of Object.entries(headings)) {
    await check(`the page in ${language}`, async () => {
      const page = await open(`v=1&lang=${language}`);
      await listHas(page, 39);
      equal('direction', await page.locator('html').getAttribute('dir'), direction);
      equal('language', await page.locator('html').getAttribute('lang'), language);
      await until(
        'the heading',
        () => page.locator('#heading-evidence').textContent(),
        (text) => text === heading,
      );
      const badges = await page.locator('.panel-list .badge').allTextContents();
      const untranslated = badges.filter((text) => (language === 'en' ? /[A-Z]{4,}/ : /[a-zA-Z]{3,}/).test(text));
      equal('names of categories and statuses', untranslated, []);
      const lanes = (await paintedIn(page, 'timeline', 'text')).filter(({ x }) => x === 5).map(({ text }) => text);
      equal(
        'names of lanes',
        lanes.filter((text) => (language === 'en' ? /[A-Z]{4,}/ : /[a-zA-Z]{3,}/).test(text)),
        [],
      );
    });
  }

  await check('a choice of languages by their own names', async () => {
    const page = await open('v=1');
    const names = await page.getByLabel('Language').locator('option').allTextContents();
    equal('languages by their own names', names, ['English', 'Українська', 'العربية']);
    await page.getByLabel('Language').selectOption('ar');
    await until(
      'the direction',
      () => page.locator('html').getAttribute('dir'),
      (dir) => dir === 'rtl',
    );
  });

  await check('another language is one more file and a build', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'casus-language-'));
    const words = { 'language.name': 'עברית', 'language.direction': 'rtl', 'panel.evidence': 'ראיות' };
    const file = 'src/i18n/languages/he.json';
    const dist = await buildWith(folder, file, JSON.stringify(words));
    const own = await context();
    await serveBuild(own, dist);
    const page = await open('v=1', { context: own });
    const names = await page.getByLabel('Language').locator('option').allTextContents();
    equal('languages', names, ['English', 'Українська', 'עברית', 'العربية']);
    await page.getByLabel('Language').selectOption('he');
    await until(
      'the heading of the evidence',
      () => page.locator('#heading-evidence').textContent(),
      (text) => text === 'ראיות',
    );
    const html = page.locator('html');
    equal('language', await html.getAttribute('lang'), 'he');
    equal('direction', await html.getAttribute('dir'), 'rtl');
    equal('a heading that the file lacks', await page.locator('#heading-list').textContent(), 'List');
    await hashHas(page, 'lang=he');
    equal('raw dates', await rawDates(page), []);
    const again = await open('v=1&lang=he', { context: own });
    equal('direction of the address', await again.locator('html').getAttribute('dir'), 'rtl');
    await rm(folder, { recursive: true });
  });

  await check('from right to left the page turns, time does not', async () => {
    const page = await open('v=1&lang=ar');
    const at = (name) => page.locator(name).boundingBox();
    const [evidence, timeline] = [await at('.panel-evidence'), await at('.panel-timeline')];
    holds('the evidence is at the end side', evidence.x < timeline.x);
    const ticks = (await paintedIn(page, 'timeline', 'text'))
      .filter(({ y }) => y === 15)
      .map(({ x, text }) => [x, text]);
    const english = await open('v=1');
    const inEnglish = (await paintedIn(english, 'timeline', 'text')).filter(({ y }) => y === 15);
    equal(
      'ticks',
      ticks.map(([x]) => Math.round(x)),
      inEnglish.map(({ x }) => Math.round(x)),
    );
    equal('the slider', await page.locator('.slider').evaluate((own) => getComputedStyle(own).direction), 'ltr');
  });

  for (const language of ['uk', 'ar']) {
    await check(`dates, ranges and comparisons in ${language} are from left to right or in words`, async () => {
      const page = await open(`v=1&lang=${language}`);
      for (const view of views) {
        await go(page, `${view}&lang=${language}`);
        equal(`raw dates of ${view}`, await rawDates(page), []);
        const bare = await page.locator('time:not(:has(bdi))').count();
        equal(`times of ${view} that are not set apart`, bare, 0);
        equal(`other digits of ${view}`, await otherDigits(page), []);
      }
      await go(page, `v=1&from=2025-12&lang=${language}`);
      const chip = page.locator('.chips bdi').filter({ hasText: '2025-12' });
      equal('direction of a date in a filter', await chip.getAttribute('dir'), 'ltr');
    });
  }

  await check('numbers by who states them read alike in Arabic', async () => {
    const page = await open('v=1&event=event:port-ledda-strike&lang=ar', { graph: 'fictional' });
    const toll = panel(page, 'الأدلة').locator('.toll');
    await toll.waitFor();
    await settled(page);
    const bare = await toll.evaluate((own) => {
      const copy = own.cloneNode(true);
      for (const each of copy.querySelectorAll('bdi, time')) each.remove();
      return copy.textContent.match(/\d+/g) ?? [];
    });
    equal('numbers that are not set apart', bare, []);
    equal('other digits', await otherDigits(page), []);
    equal(
      'direction of the axis',
      await toll
        .locator('svg')
        .first()
        .evaluate((own) => getComputedStyle(own).direction),
      'ltr',
    );
  });
}
