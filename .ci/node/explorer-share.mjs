// Takes views out of the explorer as a reader would: node explorer-share.mjs BASE_URL
//
// As pictures, as a page that opens without a server, as files of other programs, as a link, on paper, and as a query
// in the playground.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { check, equal, fault, finish, launch, timeout, until } from './checks.mjs';
import { keepTo, openPage } from './pages.mjs';

const base = process.argv[2]?.replace(/\/+$/, '');
if (!base) {
  console.error('usage: node explorer-share.mjs BASE_URL');
  process.exit(2);
}
const browser = await launch();
const context = await browser.newContext({
  viewport: { width: 1400, height: 900 }, acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'],
});
context.setDefaultTimeout(timeout);
await keepTo(context, new URL(base).origin);
const folder = await mkdtemp(path.join(tmpdir(), 'casus-share-'));

// What the page's drawings write on the screen, by the panel of the drawing.
await context.addInitScript(() => {
  const texts = (globalThis.drawnTexts = {});
  const { fillText, fillRect } = CanvasRenderingContext2D.prototype;
  const panel = ({ canvas }) => canvas.closest?.('.panel')?.id;
  CanvasRenderingContext2D.prototype.fillRect = function (...rect) {
    // Each painting begins with its paper.
    if (rect[0] === 0 && rect[1] === 0 && rect[2] === canvasWidth(this)) texts[panel(this)] = [];
    return fillRect.apply(this, rect);
  };
  CanvasRenderingContext2D.prototype.fillText = function (...rest) {
    texts[panel(this)]?.push(rest[0]);
    return fillText.apply(this, rest);
  };
  const canvasWidth = ({ canvas }) => canvas.clientWidth;
});

const events = (page) => page.locator('.panel-list .event').count();

async function open(fragment, count = 39) {
  const page = await openPage(context, `${base}/explore#${fragment}`);
  await until('the list', () => events(page), (n) => n === count);
  return page;
}

/** Chooses from the menu of a panel. */
async function choose(page, panel, item) {
  await page.locator(`.panel-${panel} .menu summary`).click();
  return page.locator(`.panel-${panel} .menu li`).filter({ hasText: item }).locator('a, button').first();
}

/** Saves what a control offers, and returns the name of the file and its content. */
async function saved(page, control) {
  const [download] = await Promise.all([page.waitForEvent('download'), control.click()]);
  const file = path.join(folder, `${Date.now()}-${download.suggestedFilename()}`);
  await download.saveAs(file);
  return { file, name: download.suggestedFilename(), content: await readFile(file) };
}

await check('/ leads to the explorer', async () => {
  const page = await openPage(context, `${base}/`);
  equal('path', new URL(page.url()).pathname, new URL(`${base}/explore`).pathname);
  await until('the list', () => events(page), (n) => n === 39);
  await page.close();
});

for (const [language, shown] of [['en', 'All events'], ['ar', 'كل الأحداث']]) {
  for (const panel of ['timeline', 'map', 'network']) {
    await check(`the picture of the ${panel} in ${language} has all its labels, and says what it shows`, async () => {
      const page = await open(`v=1&lang=${language}&known=2025-12-20`);
      const onScreen = () => page.evaluate((name) => globalThis.drawnTexts[name] ?? [], panel);
      await page.waitForTimeout(500); // the network comes to rest
      const labels = await until('labels', onScreen, (texts) => texts.length > 0);
      const { name, content } = await saved(page, await choose(page, panel, 'SVG'));
      equal('name', name, `casus-${panel}.svg`);
      const picture = await context.newPage();
      await picture.setContent(content.toString());
      const texts = await picture.locator('svg text').allTextContents();
      equal('missing labels', labels.filter((label) => !texts.includes(label)), []);
      const all = texts.join(' ');
      for (const part of [shown, '2025-12-20', 'Casus ', '/explore#v=1&known=2025-12-20']) {
        if (!all.includes(part) && !all.replaceAll(' ', '').includes(part)) throw new Error(`no ${part}: ${all}`);
      }
      await picture.close();
      await page.close();
    });
  }
}

await check('a PNG has twice the pixels of the screen', async () => {
  const page = await open('v=1');
  const size = await page.locator('.panel-map canvas').evaluate((canvas) => [canvas.clientWidth, canvas.clientHeight]);
  const { content } = await saved(page, await choose(page, 'map', 'PNG'));
  equal('signature', content.subarray(1, 4).toString(), 'PNG');
  equal('width', content.readUInt32BE(16), 2 * size[0]);
  const height = content.readUInt32BE(20);
  if (height <= 2 * size[1]) throw new Error(`height ${height}, drawing ${size[1]}`);
  await page.close();
});

await check('the page opens again without a server', async () => {
  const page = await open('v=1&lang=ar&event=event:miami-talks-2025-12-20');
  await until('the claims', () => page.locator('.claim').count(), (n) => n === 3);
  await page.getByRole('button', { name: 'مشاركة', exact: true }).click();
  const { file, name } = await saved(page, page.locator('.share-files button').first());
  equal('name', name, 'casus.html');
  const alone = await browser.newContext({ viewport: { width: 1200, height: 800 }, offline: true });
  alone.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) fault(`a request: ${request.url()}`);
  });
  const again = await openPage(alone, `file://${file}`);
  await until('the list', () => events(again), (n) => n === 39);
  equal('claims', await again.locator('.claim').count(), 3);
  equal('direction', await again.locator('html').getAttribute('dir'), 'rtl');
  await again.locator('.panel-network canvas').waitFor();
  await until('the network', () => again.locator('.panel-network canvas').evaluate((canvas) => {
    if (canvas.width === 0) return 0;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }), (colours) => colours > 20);
  equal('failures', await again.locator('.failure').count(), 0);
  const source = await again.locator('.credit a').getAttribute('href');
  if (!/#v=1&known=20.*event=event:miami/.test(source)) throw new Error(`the source is ${source}`);
  await alone.close();
  await page.close();
});

await check('files have the selected events', async () => {
  const page = await open('v=1&category=ASSAULT&known=2025-12-20', 14);
  const rows = async (panel, item) => (await saved(page, await choose(page, panel, item))).content.toString();
  const geojson = JSON.parse(await rows('map', 'GeoJSON'));
  if (!geojson.features.every(({ properties }) => properties.category === 'ASSAULT')) throw new Error('other events');
  const zip = await saved(page, await choose(page, 'list', 'CSV'));
  equal('name', zip.name, 'casus-csv.zip');
  const gexf = await rows('network', 'GEXF');
  if (!gexf.includes('<gexf')) throw new Error(gexf.slice(0, 200));
  await page.close();
});

await check('the link, frozen, and the citation', async () => {
  const page = await open('v=1&category=ASSAULT', 14);
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const field = dialog.getByLabel('Link', { exact: true });
  equal('live', await field.inputValue(), `${base}/explore#v=1&category=ASSAULT`);
  await dialog.getByRole('checkbox').check();
  const frozen = await until('the moment', () => field.inputValue(), (text) => text.includes('&known='));
  await dialog.getByRole('button', { name: 'Copy' }).first().click();
  await dialog.getByText('Copied').waitFor();
  equal('copied', await page.evaluate(() => navigator.clipboard.readText()), frozen);
  const citation = await dialog.getByLabel('Citation').inputValue();
  for (const part of ['Casus ', 'Category: Assault', frozen]) {
    if (!citation.includes(part)) throw new Error(`the citation lacks ${part}: ${citation}`);
  }
  await page.keyboard.press('Escape');
  await until('no dialog', () => dialog.count(), (n) => n === 0);
  await page.goto(frozen);
  await until('the list', () => events(page), (n) => n === 14);
  await page.close();
});

await check('the queries behind each panel run in the playground', async () => {
  const page = await open('v=1&event=event:miami-talks-2025-12-20');
  await until('the claims', () => page.locator('.claim').count(), (n) => n === 3);
  for (const panel of ['timeline', 'map', 'network', 'list', 'evidence']) {
    await (await choose(page, panel, 'Open in playground')).waitFor();
    const links = page.locator(`.panel-${panel} .menu a[href^="playground#"]`);
    const addresses = await links.evaluateAll((all) => all.map((link) => link.href));
    if (addresses.length === 0) throw new Error(`no query of the ${panel}`);
    await page.keyboard.press('Escape');
    for (const address of addresses) {
      const playground = await openPage(context, address);
      const line = playground.locator('.graphiql-query-editor .view-line');
      await until('the query on lines', () => line.count(), (lines) => lines > 5);
      const answered = playground.waitForResponse((response) =>
        response.url() === `${base}/graphql` && !response.request().postData().includes('FillExamples') &&
        !response.request().postData().includes('IntrospectionQuery'));
      await playground.getByRole('button', { name: /^Execute query/ }).click();
      const answer = await (await answered).json();
      if (answer.errors || !answer.data) throw new Error(`${panel}: ${JSON.stringify(answer).slice(0, 300)}`);
      await playground.close();
    }
  }
  await page.close();
});

await check('on paper', async () => {
  const page = await open('v=1&category=ASSAULT', 14);
  await page.emulateMedia({ media: 'print' });
  equal('top bar', await page.locator('.top').isVisible(), false);
  equal('credit', await page.locator('.credit').isVisible(), true);
  const text = await page.locator('.credit').innerText();
  if (!/Category: Assault.*known on/s.test(text) || !text.includes('/explore#v=1')) throw new Error(text);
  const pdf = await page.pdf({ format: 'A4' });
  if (pdf.length < 20_000) throw new Error(`${pdf.length} bytes of PDF`);
  await page.close();
});

await rm(folder, { recursive: true });
await browser.close();
finish('explorer, shared');
