// Tests the explorer in a browser: node explorer.mjs BASE_URL
//
// It opens the page in Chromium, chooses an event, filters and searches, in three languages. A request to another
// origin, an error on the console or in the page, or an answer with an error status fails.
import { check, equal, fault, finish, launch, timeout, until } from './checks.mjs';

const base = process.argv[2]?.replace(/\/+$/, '');
if (!base) {
  console.error('usage: node explorer.mjs BASE_URL');
  process.exit(2);
}
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
context.setDefaultTimeout(timeout);
await context.route('**/*', (route) => {
  const url = new URL(route.request().url());
  if (url.origin === new URL(base).origin) return route.continue();
  fault(`a request to another origin: ${url}`);
  return route.abort();
});

async function open(fragment) {
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && fault(`on the console: ${message.text()}`));
  page.on('pageerror', (error) => fault(`in the page: ${error.stack || error}`));
  page.on('response', (response) => response.status() >= 400 && fault(`${response.status()} for ${response.url()}`));
  await page.goto(`${base}/explore#${fragment}`);
  return page;
}

const events = (page) => page.locator('.panel-list .event').count();

for (const [language, direction, heading] of [
  ['en', 'ltr', 'Evidence'],
  ['uk', 'ltr', 'Докази'],
  ['ar', 'rtl', 'الأدلة'],
]) {
  await check(`the page in ${language}`, async () => {
    const page = await open(`v=1&lang=${language}`);
    await until('the list', () => events(page), (n) => n === 39);
    equal('direction', await page.locator('html').getAttribute('dir'), direction);
    await until('the heading', () => page.locator('#heading-evidence').textContent(), (text) => text === heading);
    await page.close();
  });
}

await check('an event and its words', async () => {
  const page = await open('v=1&event=event:miami-talks-2025-12-20');
  await until('the claims', () => page.locator('.claim').count(), (n) => n === 3);
  await page.locator('.claim summary').first().click();
  await until('the words', () => page.locator('.claim mark').count(), (n) => n > 0);
  await page.close();
});

await check('a search that filters, and the way back', async () => {
  const page = await open('v=1');
  await until('the list', () => events(page), (n) => n === 39);
  await page.locator('.search input').fill('زيلينسكي');
  await page.locator('.search [role=option]').first().click();
  await until('the chosen events', () => events(page), (n) => n > 0 && n < 39);
  await page.goBack();
  await until('all events again', () => events(page), (n) => n === 39);
  await page.close();
});

await browser.close();
finish('explorer');
