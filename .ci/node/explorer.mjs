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

await check('the difference of two moments', async () => {
  const page = await open('v=1&since=2025-12-19');
  await until('the changes', () => page.locator('.changes .event').count(), (n) => n > 10);
  equal('signs', await page.locator('.knowledge .legend li').allTextContents(), ['+ new', '− gone', '△ changed']);
  equal('the first', await page.locator('.changes .event .badge').first().textContent(), '+ new');
  equal('claims', await page.locator('.changes .because li').count() > 10, true);
  await page.locator('.changes .title').first().click();
  await until('its claims', () => page.locator('.claim').count(), (n) => n > 0);
  await page.goBack();
  await page.getByRole('textbox', { name: 'Compare with' }).fill('2025-12-20');
  await until('the address', () => page.evaluate(() => location.hash), (hash) => hash.includes('since=2025-12-20'));
  await page.getByLabel('Stop comparing').click();
  await until('no changes', () => page.locator('.changes').count(), (n) => n === 0);
  await page.close();
});

await check('the slider of what was known when', async () => {
  const page = await open('v=1');
  const handle = page.getByRole('slider', { name: 'Known on' });
  const hash = () => page.evaluate(() => location.hash);
  await until('the histogram', () => page.locator('.slider rect').count(), (n) => n === 2);
  await page.getByLabel('Previous change').click();
  await until('the moment before the last', hash, (text) => text.includes('known=2025-12-20'));
  equal('bars after it', await page.locator('.slider .later').count(), 1);
  await handle.press('ArrowRight');
  await until('everything known', hash, (text) => !text.includes('known='));
  await handle.press('ArrowLeft');
  await until('the change before', hash, (text) => text.includes('known=2025-12-20'));
  await page.getByLabel('Play').click();
  await until('the end of the play', hash, (text) => !text.includes('known='));
  await until('all events', () => events(page), (n) => n === 39);
  await page.close();
});

await check('lanes, legends, and events without a time', async () => {
  const page = await open('v=1&lanes=actor');
  await page.locator('.panel-timeline .legend-marks summary').click();
  equal('marks of time', await page.locator('.panel-timeline .legend-marks li').count(), 5);
  await page.keyboard.press('Enter');
  await page.locator('.panel-map .legend-marks summary').click();
  equal('marks of places', await page.locator('.panel-map .legend-marks li').count(), 4);
  await page.keyboard.press('Enter');
  await until('marks on the map', () => page.locator('.panel-map .table li').count(), (n) => n > 3);
  await page.getByRole('button', { name: '3 events without a time' }).click();
  await until('these events', () => events(page), (n) => n === 3);
  await until('that no event has a time', () => page.locator('.panel-timeline .empty').count(), (n) => n === 1);
  await page.close();
});

await browser.close();
finish('explorer');
