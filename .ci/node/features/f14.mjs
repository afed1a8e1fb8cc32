import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { equal, fault, until } from '../checks.mjs';
import { openPage } from '../pages.mjs';
import { paintedIn } from './drawings.mjs';
import { holds, item, listHas } from './lab.mjs';

export const title = 'pictures, files, citations, paper, and one page that opens offline';

const run = promisify(execFile);

export default async function ({ check, open, context, browser }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'casus-files-'));

  /** Saves what a control offers, and returns the name of the file and its content. */
  async function saved(page, control) {
    const [download] = await Promise.all([page.waitForEvent('download'), control.click()]);
    const file = path.join(folder, `${Date.now()}-${download.suggestedFilename()}`);
    await download.saveAs(file);
    return { file, name: download.suggestedFilename(), content: await readFile(file) };
  }

  /** The texts that a drawing paints, when it is at rest. */
  async function labels(page, panel) {
    const read = async () => (await paintedIn(page, panel, 'text')).map(({ text }) => text);
    let last;
    return until('labels at rest', read, (texts) => {
      const same = texts.length > 0 && texts.join() === last;
      last = texts.join();
      return same;
    });
  }

  for (const language of ['en', 'ar']) {
    const all = language === 'en' ? 'All events' : 'كل الأحداث';
    await check(
      `SVG in ${language}: opened again it has all labels, the query, the moment and the version`,
      async () => {
        const page = await open(`v=1&lang=${language}&known=2025-12-20`);
        for (const panel of ['timeline', 'map', 'network']) {
          const heading = await page.locator(`#heading-${panel}`).textContent();
          const onScreen = await labels(page, panel);
          const { name, content } = await saved(page, await item(page, heading, 'SVG'));
          await page.keyboard.press('Escape');
          equal('name', name, `casus-${panel}.svg`);
          const picture = await (await context()).newPage();
          await picture.setContent(content.toString());
          const texts = await picture.locator('svg text').allTextContents();
          equal(
            `labels that the ${panel} lacks`,
            onScreen.filter((label) => !texts.includes(label)),
            [],
          );
          const written = texts.join(' ');
          for (const part of [all, 'known=2025-12-20', 'Casus ', '/explore#v=1&known=2025-12-20']) {
            holds(`no ${part}: ${written}`, written.includes(part) || written.replaceAll(' ', '').includes(part));
          }
        }
      },
    );
  }

  await check('PNG has twice the pixels of the screen, and a caption', async () => {
    const page = await open('v=1');
    const size = await page
      .locator('.panel-map canvas')
      .evaluate(({ clientWidth, clientHeight }) => [clientWidth, clientHeight]);
    const { content } = await saved(page, await item(page, 'Map', 'PNG'));
    equal('signature', content.subarray(1, 4).toString(), 'PNG');
    equal('width', content.readUInt32BE(16), 2 * size[0]);
    holds('no caption', content.readUInt32BE(20) > 2 * size[1] + 60);
  });

  for (const [language, all] of [
    ['en', 'All events'],
    ['ar', 'كل الأحداث'],
  ]) {
    await check(`the caption of a PNG in ${language} names query, moment, version and address`, async () => {
      const own = await context();
      await own.addInitScript(recordSaved);
      const page = await open(`v=1&lang=${language}&known=2025-12-20`, { context: own });
      const version = await page.locator('meta[name=casus-version]').getAttribute('content');
      const moment = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { dateStyle: 'long', timeZone: 'UTC' });
      for (const name of ['timeline', 'map', 'network']) {
        const heading = await page.locator(`#heading-${name}`).textContent();
        const { content } = await saved(page, await item(page, heading, 'PNG'));
        await page.keyboard.press('Escape');
        const { height, texts } = await page.evaluate(() => globalThis.savedCanvas);
        equal(`height of the ${name}`, height, content.readUInt32BE(20));
        // The caption is below the drawing; its rows are divided where the picture ends, also within an address.
        const written = texts.join('').replace(/\s/g, '');
        const day = moment.format(new Date('2025-12-20'));
        for (const part of [heading, all, day, `Casus ${version}`, '/explore#v=1&known=2025-12-20'])
          holds(`no ${part}: ${written}`, written.includes(part.replace(/\s/g, '')));
      }
    });
  }

  await check('CSV, GeoJSON and GEXF have the selected events and name query, moment and version', async () => {
    const page = await open('v=1&category=ASSAULT&known=2025-12-20');
    const version = await page.locator('meta[name=casus-version]').getAttribute('content');
    const origin = {
      query: 'filter={"categories":["ASSAULT"]}&language=en',
      knownAt: '2025-12-21T00:00:00Z',
      version,
    };
    const geojson = JSON.parse((await saved(page, await item(page, 'Map', 'GeoJSON'))).content);
    await page.keyboard.press('Escape');
    holds(
      'other events',
      geojson.features.every(({ properties }) => properties.category === 'ASSAULT'),
    );
    equal('the origin of GeoJSON', geojson.casus, origin);
    const zip = await saved(page, await item(page, 'List', 'CSV'));
    await page.keyboard.press('Escape');
    equal('name', zip.name, 'casus-csv.zip');
    const inZip = async (name) => (await run('python3', ['-c', unzip, zip.file, name])).stdout;
    equal('the origin of CSV', JSON.parse(await inZip('origin.json')), origin);
    const rows = (await inZip('events.csv')).trim().split('\n').slice(1);
    equal('rows', rows.length, 14);
    const gexf = (await saved(page, await item(page, 'Network', 'GEXF'))).content.toString();
    const about = /<description>(.*)<\/description>/.exec(gexf)?.[1] ?? '';
    for (const part of ['ASSAULT', origin.knownAt, `Casus ${version}`])
      holds(`no ${part} in ${about}`, about.includes(part));
    equal('the part of the file that is read', /<graph[^>]*defaultedgetype="undirected"/.test(gexf), true);
  });

  await check('the same without a moment: that of the answer', async () => {
    const page = await open('v=1');
    const started = Date.now() - 1000;
    const geojson = JSON.parse((await saved(page, await item(page, 'Map', 'GeoJSON'))).content);
    const at = Date.parse(geojson.casus.knownAt);
    holds(`known at ${geojson.casus.knownAt}`, at >= started && at <= Date.now() + 1000);
  });

  await check('a citation has query, moment, version and address', async () => {
    const page = await open('v=1&category=ASSAULT&from=2025-12-01&known=2025-12-20');
    await page.getByRole('button', { name: 'Share' }).click();
    const citation = await page.getByRole('dialog').getByLabel('Citation').inputValue();
    const version = await page.locator('meta[name=casus-version]').getAttribute('content');
    for (const part of [
      'Category: Assault',
      'from December 1, 2025',
      'December 20, 2025',
      `Casus ${version}`,
      '/explore#v=1&from=',
    ]) {
      holds(`no ${part}: ${citation}`, citation.includes(part));
    }
  });

  await check('on paper there is what can be read, not what can be clicked', async () => {
    const page = await open('v=1&category=ASSAULT');
    await listHas(page, 14);
    await page.emulateMedia({ media: 'print' });
    for (const part of ['.top', '.menu', '.panel-tools button', '.knowledge', '.filters', 'input'])
      equal(part, await page.locator(part).first().isVisible(), false);
    const first = (await page.locator('#app').innerText()).trim().split('\n').slice(0, 3).join(' ');
    holds(`first: ${first}`, /^Casus .*Category: Assault.*known on/.test(first));
    const text = await page.locator('.credit').innerText();
    holds(text, /Category: Assault.*known on/s.test(text) && text.includes('/explore#v=1'));
    holds('an empty PDF', (await page.pdf({ format: 'A4' })).length > 20_000);
  });

  await check('one HTML file opens offline with its data', async () => {
    const page = await open('v=1&lang=ar&event=event:miami-talks-2025-12-20');
    await until(
      'the claims',
      () => page.locator('.claim').count(),
      (n) => n === 3,
    );
    await page.getByRole('button', { name: 'مشاركة', exact: true }).click();
    const { file, name } = await saved(page, page.locator('.share-files button').first());
    equal('name', name, 'casus.html');
    const alone = await browser.newContext({ viewport: { width: 1200, height: 800 }, offline: true });
    alone.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) fault(`a request: ${request.url()}`);
    });
    const again = await openPage(alone, `file://${file}`);
    await listHas(again, 39);
    equal('claims', await again.locator('.claim').count(), 3);
    equal('direction', await again.locator('html').getAttribute('dir'), 'rtl');
    await until(
      'the network',
      () =>
        again.locator('.panel-network canvas').evaluate((canvas) => {
          if (canvas.width === 0) return 0;
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        }),
      (colours) => colours > 20,
    );
    equal('failures', await again.locator('.failure').count(), 0);
    const source = await again.locator('.credit a').getAttribute('href');
    holds(`the source is ${source}`, /#v=1&known=20.*event=event:miami/.test(source));
    await alone.close();
  });

  await check('the file has the evidence of each listed event, and the filters', async () => {
    const page = await open('v=1');
    await listHas(page, 39);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const { file } = await saved(page, page.locator('.share-files button').first());
    const alone = await browser.newContext({ viewport: { width: 1200, height: 800 }, offline: true });
    const again = await openPage(alone, `file://${file}`);
    await listHas(again, 39);
    holds('how many', (await again.locator('.credit').innerText()).includes('evidence of 39 of 39 events'));
    for (const i of [3, 38]) {
      const row = again.locator('.panel-list .event').nth(i);
      const name = await row.locator('button').first().innerText();
      await row.locator('button').first().click();
      await until(
        `the evidence of ${name}`,
        async () => (await again.locator('.panel-evidence h3').allInnerTexts()).join().includes(name.trim()),
        (is) => is,
      );
      holds(`claims of ${name}`, (await again.locator('.claim').count()) > 0);
    }
    await again.locator('.panel-list summary').filter({ hasText: 'Filters' }).click();
    await again.locator('.facets button').first().waitFor();
    equal('failures', await again.locator('.failure').count(), 0);
    await alone.close();
  });

  await rm(folder, { recursive: true });
}

/** Records, in the page, the texts that were drawn on the canvas that was last saved as a picture. */
function recordSaved() {
  const drawn = new WeakMap();
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (...rest) {
    drawn.set(this.canvas, [...(drawn.get(this.canvas) ?? []), rest[0]]);
    fillText.apply(this, rest);
  };
  const { toBlob } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.toBlob = function (...rest) {
    globalThis.savedCanvas = { height: this.height, texts: drawn.get(this) ?? [] };
    toBlob.apply(this, rest);
  };
}

/** A program that prints a file of a zip. */
const unzip = 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))';
