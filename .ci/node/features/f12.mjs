import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { equal, until } from '../checks.mjs';
import { paintedIn } from './drawings.mjs';
import { go, hashOf, holds, listHas, panel, settled } from './lab.mjs';

export const title = 'the address is the state';

const source = path.join(import.meta.dirname, '../../../internal/server/explorer/src/state/address.test.ts');

/** Addresses as they were once written, with what must still be in the address of the page. Never remove one. */
const written = {
  'v=1&actor=actor:zelensky&known=2025-12-21&lang=uk': ['actor=actor:zelensky', 'known=2025-12-21', 'lang=uk'],
  'v=1&from=2025-12-19&to=2025-12-20&category=CONSULT&category=ASSAULT&map=30.5,50.4,6': [
    'from=2025-12-19',
    'to=2025-12-20',
    'category=CONSULT',
    'category=ASSAULT',
    'map=30.5,50.4,6',
  ],
  'v=1&event=event:miami-talks-2025-12-20&lanes=status&panel=map&theme=dark': [
    'event=event:miami-talks-2025-12-20',
    'lanes=status',
    'panel=map',
    'theme=dark',
  ],
  'v=1&path=actor:kushner&path=actor:putin&avoid=actor:witkoff&order=time': [
    'path=actor:kushner&path=actor:putin',
    'avoid=actor:witkoff',
    'order=time',
  ],
  'v=1&link=actor:kushner&link=actor:witkoff&since=2025-12-20': ['link=actor:kushner', 'since=2025-12-20'],
  'actor=actor:zelensky': ['v=1', 'actor=actor:zelensky'],
};

export default async function ({ check, open, address, context }) {
  await check('a property test goes from state to address and back', async () => {
    const text = await readFile(source, 'utf8');
    holds(
      'no property test',
      /fc\.property\(view, \(each\) => assert\.deepEqual\(parse\(format\(each\)\)/.test(text),
    );
  });

  await check('what a reader does is in the address, and the address alone restores it', async () => {
    const page = await open('v=1', { graph: 'fictional' });
    await panel(page, 'Timeline').getByRole('combobox').selectOption('status');
    await page.getByLabel('Previous change').click();
    await panel(page, 'Map').locator('canvas').press('+');
    await panel(page, 'List').locator('summary').filter({ hasText: 'Filters' }).click();
    await panel(page, 'List')
      .getByRole('button', { name: /Assault/ })
      .click();
    await settled(page);
    await panel(page, 'List').locator('.event button').first().click();
    await page.getByLabel('Language').selectOption('uk');
    await page.getByLabel('Кольори').selectOption('dark');
    await settled(page);
    const hash = await until(
      'the address',
      () => hashOf(page),
      (text) => text.includes('theme=dark'),
    );
    for (const part of ['lanes=status', 'known=', 'map=', 'category=ASSAULT', 'event=', 'lang=uk', 'theme=dark']) {
      holds(`no ${part} in ${hash}`, hash.includes(part));
    }
    const again = await open(hash.slice(1), { graph: 'fictional' });
    equal('address', await hashOf(again), hash);
    const seen = async (own) => ({
      list: await own.locator('.panel-list .event').allTextContents(),
      claims: await own.locator('.claim').allTextContents(),
      drawings: await Promise.all(
        ['timeline', 'map'].map(async (name) => (await paintedIn(own, name, 'text')).map(({ text }) => text)),
      ),
    });
    equal('what is seen', await seen(again), await seen(page));
  });

  await check('older addresses are read', async () => {
    const page = await open('v=1');
    for (const [old, parts] of Object.entries(written)) {
      await go(page, old);
      await page.getByLabel(/Language|Мова/).waitFor();
      await page.reload();
      await settled(page);
      const hash = await hashOf(page);
      for (const part of parts)
        holds(`${old}: no ${part} in ${hash}`, hash.includes(part) || (part === 'v=1' && hash));
    }
  });

  await check('a link, live or frozen by a moment of knowledge, and its copy', async () => {
    const own = await context({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await open('v=1&category=ASSAULT', { context: own });
    const base = await address();
    await page.getByRole('button', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog', { name: 'Share' });
    const field = dialog.getByLabel('Link', { exact: true });
    equal('live', await field.inputValue(), `${base}/explore#v=1&category=ASSAULT`);
    await dialog.getByRole('checkbox').check();
    const frozen = await until(
      'the moment',
      () => field.inputValue(),
      (text) => text.includes('&known='),
    );
    await dialog.getByRole('button', { name: 'Copy' }).first().click();
    await dialog.getByText('Copied').waitFor();
    equal('copied', await page.evaluate(() => navigator.clipboard.readText()), frozen);
    const citation = await dialog.getByLabel('Citation').inputValue();
    for (const part of ['Casus ', 'Category: Assault', frozen]) {
      holds(`the citation lacks ${part}: ${citation}`, citation.includes(part));
    }
    await page.keyboard.press('Escape');
    await until(
      'no dialog',
      () => dialog.count(),
      (n) => n === 0,
    );
    await page.goto(frozen);
    await listHas(page, 14);
  });
}
