import { equal, until } from '../checks.mjs';
import { drawing, go, hashHas, hashOf, holds, panel, settled } from './lab.mjs';

export const title = 'the keyboard, and a table for each view';

const drawings = ['Timeline', 'Map', 'Network'];

/** Reports whether the events of a mark are listed. */
const listedBeside = async (page) => (await page.locator('dialog.several .event').count()) > 0;

/** Reports whether a mark has opened its event, which the address has then, or the list of its events. */
const hasOpened = async (page, before) => (await hashOf(page)) !== before || (await listedBeside(page));

export default async function ({ check, open }) {
  await check('each drawing is one tab stop', async () => {
    const page = await open('v=1');
    const stops = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const { tagName, ariaRoleDescription } = document.activeElement;
        return tagName === 'CANVAS' ? ariaRoleDescription : tagName;
      });
      stops.push(at);
      if (at === 'BODY') break;
    }
    equal(
      'drawings',
      stops.filter((at) => drawings.includes(at)),
      drawings,
    );
  });

  await check('arrows go from mark to mark, Enter opens, Escape goes back', async () => {
    const page = await open('v=1');
    for (const name of drawings) {
      await go(page, 'v=1');
      const canvas = drawing(page, name);
      await canvas.focus();
      const label = () => canvas.getAttribute('aria-label');
      const idle = await label();
      await page.keyboard.press('ArrowRight');
      const first = await until(`the first mark of the ${name}`, label, (text) => text !== idle);
      await page.keyboard.press('ArrowRight');
      const second = await until(`the second mark of the ${name}`, label, (text) => text !== first);
      await page.keyboard.press('ArrowLeft');
      await until(`the first mark of the ${name} again`, label, (text) => text === first);
      holds('two marks', second !== idle);
      await page.keyboard.press('Escape');
      await until(`no mark of the ${name}`, label, (text) => text === idle);
      await page.keyboard.press('ArrowRight');
      const before = await hashOf(page);
      await page.keyboard.press('Enter');
      await until(
        `what Enter opens in the ${name}`,
        () => hasOpened(page, before),
        (is) => is,
      );
      if (await listedBeside(page)) await page.keyboard.press('Escape');
    }
  });

  await check('the same among columns', async () => {
    const page = await open('v=1&lanes=publisher');
    const canvas = drawing(page, 'Timeline');
    await canvas.focus();
    const label = () => canvas.getAttribute('aria-label');
    const idle = await label();
    await page.keyboard.press('ArrowRight');
    const first = await until('a column in words', label, (text) => text !== idle);
    holds(first, /\d{4}/.test(first) && /event/.test(first));
    await page.keyboard.press('Enter');
    const only = page.getByRole('dialog').getByRole('button', { name: 'Show only these' });
    await only.focus();
    await page.keyboard.press('Enter');
    await hashHas(page, 'from=');
  });

  await check('plus and minus zoom, Home shows all', async () => {
    const page = await open('v=1');
    await drawing(page, 'Timeline').focus();
    await page.keyboard.press('+');
    const near = await until(
      'a window',
      () => hashOf(page),
      (hash) => hash.includes('window='),
    );
    await page.keyboard.press('-');
    await until(
      'another window',
      () => hashOf(page),
      (hash) => hash !== near,
    );
    await page.keyboard.press('Home');
    await until(
      'no window',
      () => hashOf(page),
      (hash) => !hash.includes('window='),
    );
  });

  await check('a table for each view', async () => {
    const page = await open('v=1');
    for (const name of drawings) {
      const own = panel(page, name);
      const summary = own.getByText('As a table');
      await summary.focus();
      await page.keyboard.press('Enter');
      const buttons = own.locator('.table button');
      await until(
        `the table of the ${name}`,
        () => buttons.count(),
        (n) => n > 3,
      );
      const before = await hashOf(page);
      await buttons.first().focus();
      await page.keyboard.press('Enter');
      await until(
        `what a row of the ${name} opens`,
        () => hasOpened(page, before),
        (is) => is,
      );
      if (await listedBeside(page)) await page.keyboard.press('Escape');
      await go(page, 'v=1');
    }
    await go(page, 'v=1&lanes=publisher');
    const timeline = panel(page, 'Timeline');
    if (!(await timeline.locator('.table button').first().isVisible()))
      await timeline.getByText('As a table').click();
    const row = await timeline.locator('.table tr').first().innerText();
    holds(row, /\d{4}/.test(row) && /event/.test(row));
    await settled(page);
  });
}
