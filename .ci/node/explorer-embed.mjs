// Shows the explorer in pages of others: node explorer-embed.mjs BASE_URL tokens|anonymous
//
// The server has tokens; the last argument tells whether it also has --anonymous-read. It must have been started with
// --allow-embed=http://article.test. CASUS_TOKEN is a token that may read. The features test a server without tokens.
import { check, equal, finish, launch, timeout, until } from './checks.mjs';
import { openPage, startPages } from './pages.mjs';

const [address, mode] = process.argv.slice(2);
if (!['tokens', 'anonymous'].includes(mode)) {
  console.error('usage: node explorer-embed.mjs BASE_URL tokens|anonymous');
  process.exit(2);
}
const base = address.replace(/\/+$/, '');
const token = process.env.CASUS_TOKEN ?? 'any';

let code = '';
const pages = await startPages(() => `<!doctype html><title>Article</title><h1>An article</h1><p>Before.</p>${code}`);
const names = ['article.test', 'other.test'].map((name) => `MAP ${name} 127.0.0.1:${pages.port}`);
const browser = await launch(`--host-resolver-rules=${names.join(',')}`);
const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
context.setDefaultTimeout(timeout);

/** The code that the explorer offers for a view. It needs a session where there are tokens. */
async function codeOf(embed, { frozen = false } = {}) {
  const own = await browser.newContext();
  own.setDefaultTimeout(timeout);
  const page = await openPage(own, mode === 'tokens' ? `${base}/session#token=${token}` : `${base}/explore`);
  await page.locator('.panel-list .event').first().waitFor();
  await page.goto(`${base}/explore#v=1&category=ASSAULT`);
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await dialog.getByLabel('View').selectOption(embed);
  if (frozen) await dialog.getByRole('checkbox').check();
  const text = await dialog.getByLabel('Embed in another page').inputValue();
  await own.close();
  return text;
}

async function openArticle(origin) {
  const page = await openPage(context, origin, { allowed: mode === 'tokens' ? [401] : [] });
  return { page, frame: page.frameLocator('iframe') };
}

if (mode === 'tokens') {
  await check('an embed that is refused says how to sign in', async () => {
    code = await codeOf('list');
    const { page, frame } = await openArticle('http://article.test/');
    await frame.getByText('This view needs a token').waitFor();
    const link = frame.getByRole('link', { name: 'Open in Casus' }).first();
    equal('target', await link.getAttribute('target'), '_blank');
    if ((await link.getAttribute('href')).includes('embed')) throw new Error('the link leads to the embed');
    const [whole] = await Promise.all([context.waitForEvent('page'), link.click()]);
    await whole.getByLabel('Token').fill(token);
    await whole.keyboard.press('Enter');
    await whole.locator('.panel-list .event').first().waitFor();
    await page.close();
    await whole.close();
  });
} else {
  await check('an article shows one view, with what it shows and a way to all of it', async () => {
    code = await codeOf('list');
    const { page, frame } = await openArticle('http://article.test/');
    await until('the events', () => frame.locator('.event').count(), (n) => n === 14);
    equal('panels', await frame.locator('.panel').evaluateAll((all) => all.map(({ id }) => id)), ['list', 'evidence']);
    equal('top bars', await frame.locator('.top').count(), 0);
    const credit = await frame.locator('.credit').innerText();
    if (!credit.includes('Category: Assault')) throw new Error(credit);
    await frame.locator('.event button').first().click();
    await frame.getByRole('button', { name: 'Evidence' }).click();
    await frame.locator('.claim').first().waitFor();
    const [whole] = await Promise.all([
      context.waitForEvent('page'), frame.getByRole('link', { name: 'Open in Casus' }).click(),
    ]);
    await whole.locator('.top').waitFor();
    await page.close();
    await whole.close();
  });
  await check('an article shows all views, as they were known', async () => {
    code = await codeOf('all', { frozen: true });
    const { page, frame } = await openArticle('http://article.test/');
    await frame.locator('.panel-timeline canvas').waitFor();
    const href = await frame.getByRole('link', { name: 'Open in Casus' }).getAttribute('href');
    if (!/[&]known=20\d\d-.*Z/.test(href)) throw new Error(`not frozen: ${href}`);
    equal('cookies', await context.cookies(), []);
    await page.close();
  });
}

await check('no other page shows it', async () => {
  const page = await context.newPage();
  const refusals = [];
  page.on('console', (message) => message.text().includes('frame-ancestors') && refusals.push(message.text()));
  await page.goto('http://other.test/');
  await until('the refusal', () => refusals.length, (n) => n > 0);
  equal('events', await page.frameLocator('iframe').locator('.event').count(), 0);
  await page.close();
});

await browser.close();
pages.close();
finish(`explorer, embedded, ${mode}`);
