import { equal } from '../checks.mjs';
import { go, holds, settled } from './lab.mjs';

export const title = 'a screen of 360 pixels';

const panels = ['timeline', 'map', 'network', 'list', 'evidence'];

/** Returns how far a page can be scrolled sideways, and what is wider than it. */
function sideways(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const main = document.querySelector('.panels');
    const shown = document.querySelector(`.panel-${main.dataset.shown}`);
    return {
      page: scrollWidth - clientWidth,
      main: main.scrollWidth - main.clientWidth,
      panel: shown.scrollWidth - shown.clientWidth,
    };
  });
}

export default async function ({ check, open }) {
  for (const language of ['en', 'uk', 'ar']) {
    await check(`tabs and no sideways scroll in ${language}`, async () => {
      const page = await open(`v=1&lang=${language}`, { viewport: { width: 360, height: 740 }, hasTouch: true });
      const tabs = page.locator('.tabs button');
      equal('tabs', await tabs.count(), 5);
      for (let i = 0; i < panels.length; i++) {
        await tabs.nth(i).click();
        await settled(page);
        equal('shown panels', await page.locator('.panel:visible').evaluateAll((all) => all.map(({ id }) => id)), [
          panels[i],
        ]);
        equal(`scroll of the ${panels[i]}`, await sideways(page), { page: 0, main: 0, panel: 0 });
        equal('pressed', await tabs.nth(i).getAttribute('aria-pressed'), 'true');
      }
      for (const view of [
        'event=event:miami-talks-2025-12-20',
        'since=2025-12-19',
        'path=actor:kushner&path=actor:putin',
        'category=ASSAULT&actor=actor:zelensky&from=2025-12',
      ]) {
        await go(page, `v=1&lang=${language}&panel=evidence&${view}`);
        equal(`scroll of ${view}`, await sideways(page), { page: 0, main: 0, panel: 0 });
      }
    });
  }

  await check('what is chosen in one tab is in the others', async () => {
    const page = await open('v=1&panel=list', { viewport: { width: 360, height: 740 }, hasTouch: true });
    await page.locator('.panel-list .event button').first().click();
    if (!(await page.locator('.claim').first().isVisible()))
      await page.getByRole('button', { name: 'Evidence' }).click();
    await page.locator('.claim').first().waitFor();
    holds('the top bar', await page.locator('.search input').isVisible());
  });
}
