import { equal, launch, until } from '../checks.mjs';
import { openPage, startPages } from '../pages.mjs';
import { holds } from './lab.mjs';

export const title = 'embeds in an article';

export default async function ({ check, open, address }) {
  let code = '';
  const pages = await startPages(
    () => `<!doctype html><title>Article</title><h1>An article</h1><p>Before.</p>${code}`,
  );
  const names = ['article.test', 'other.test'].map((name) => `MAP ${name} 127.0.0.1:${pages.port}`);
  const browser = await launch(`--host-resolver-rules=${names.join(',')}`);

  /** The code that the explorer offers for a view. */
  async function codeOf(embed, { frozen = false } = {}) {
    const page = await open('v=1&category=ASSAULT');
    await page.getByRole('button', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog', { name: 'Share' });
    await dialog.getByLabel('View').selectOption(embed);
    if (frozen) await dialog.getByRole('checkbox').check();
    return dialog.getByLabel('Embed in another page').inputValue();
  }

  async function article(origin = 'http://article.test/') {
    const page = await openPage(await browser.newContext({ viewport: { width: 900, height: 700 } }), origin);
    return { page, frame: page.frameLocator('iframe') };
  }

  /** The whole line below the views is within the frame, which has the height of the code, without scrolling. */
  async function creditInSight(page, height) {
    const frame = await (await page.locator('iframe').elementHandle()).contentFrame();
    const found = await frame.locator('.credit').evaluate((credit) => {
      const { top, bottom } = credit.getBoundingClientRect();
      return { height: innerHeight, inside: top >= 0 && bottom <= innerHeight, scrolls: document.body.scrollHeight };
    });
    equal('the frame and its last line', found, { height, inside: true, scrolls: height });
  }

  await check('one view, live, with a credit line and a way to all of it', async () => {
    code = await codeOf('list');
    const { page, frame } = await article();
    await until(
      'the events',
      () => frame.locator('.event').count(),
      (n) => n === 14,
    );
    equal('panels', await frame.locator('.panel').evaluateAll((all) => all.map(({ id }) => id)), [
      'list',
      'evidence',
    ]);
    equal('top bars', await frame.locator('.top').count(), 0);
    await creditInSight(page, 480);
    const credit = await frame.locator('.credit').innerText();
    holds(credit, credit.includes('Category: Assault'));
    await frame.locator('.event button').first().click();
    if (!(await frame.locator('.claim').first().isVisible())) {
      await frame.getByRole('button', { name: 'Evidence' }).click();
    }
    await frame.locator('.claim').first().waitFor();
    const [whole] = await Promise.all([
      page.context().waitForEvent('page'),
      frame.getByRole('link', { name: 'Open in Casus' }).click(),
    ]);
    await whole.locator('.top').waitFor();
    const hash = decodeURIComponent(new URL(whole.url()).hash);
    holds(`live: ${hash}`, hash.includes('category=ASSAULT') && !hash.includes('known=') && !hash.includes('embed='));
    await page.context().close();
  });

  await check('all views, frozen, without a cookie', async () => {
    code = await codeOf('all', { frozen: true });
    const { page, frame } = await article();
    await frame.locator('.panel-timeline canvas').waitFor();
    await creditInSight(page, 720);
    await page.setViewportSize({ width: 1500, height: 900 }); // All views are beside each other.
    await frame.locator('.panel-network canvas').waitFor();
    await creditInSight(page, 720);
    const href = await frame.getByRole('link', { name: 'Open in Casus' }).getAttribute('href');
    holds(`frozen: ${href}`, /&known=20\d\d-.*Z/.test(href));
    holds('what it was known on', /known on/.test(await frame.locator('.credit').innerText()));
    equal('cookies', await page.context().cookies(), []);
    await page.context().close();
  });

  await check('--allow-embed names who may: no other page shows it', async () => {
    const page = await (await browser.newContext()).newPage();
    const refusals = [];
    page.on('console', (message) => message.text().includes('frame-ancestors') && refusals.push(message.text()));
    await page.goto('http://other.test/');
    await until(
      'the refusal',
      () => refusals.length,
      (n) => n > 0,
    );
    equal('events', await page.frameLocator('iframe').locator('.event').count(), 0);
    const policy = (await fetch(`${await address()}/explore`)).headers.get('content-security-policy');
    holds(policy, /frame-ancestors[^;]*http:\/\/article\.test/.test(policy) && !policy.includes('unsafe-inline'));
    await page.context().close();
  });

  await browser.close();
  pages.close();
}
