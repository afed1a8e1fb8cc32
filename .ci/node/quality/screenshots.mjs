// Compares the explorer with pictures of it: node screenshots.mjs BASE_URL [--update] [NAME...]
//
// The server has the sample. Each picture shows a view in a language, a theme and a width, frozen at a moment of
// knowledge, with fonts that do not depend on the machine. A picture in which more than 0.2 % of the pixels differ
// fails; the new picture and one of the differences are then written into a folder that is printed. With --update the
// pictures of docs/pictures are written anew: look at each before you commit it.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { check, equal, finish, launch, timeout } from '../checks.mjs';
import { keepTo } from '../pages.mjs';
import { useOwnFonts } from './fonts.mjs';
import { openView, views } from './views.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true, options: { update: { type: 'boolean' } },
});
const [address, ...only] = positionals;
if (!address) {
  console.error('usage: node screenshots.mjs BASE_URL [--update] [NAME...]');
  process.exit(2);
}
const base = address.replace(/\/+$/, '');

/** The share of pixels that may differ, and by how much a colour may differ that counts as the same (0 to 1). */
const tolerance = { pixels: 0.002, colour: 0.15 };
/** How many bytes all pictures may have. */
const mostBytes = 1_500_000;

/** How many shades red, green and blue have each: with fewer colours the files are smaller, and text stays smooth. */
const shades = 32;

const wide = { width: 1280, height: 800 };
const phone = { width: 360, height: 740 };
const pictures = {
  'first-en-light': { view: views.first, size: wide },
  'first-ar-dark': { view: views.first, size: wide },
  'evidence-en-dark': { view: views.evidence, size: wide, open: '.claim summary' },
  'evidence-ar-light': { view: views.evidence, size: wide, open: '.claim summary' },
  'comparison-uk-light': { view: views.comparison, size: wide },
  'comparison-ar-dark': { view: views.comparison, size: wide },
  'paths-uk-dark': { view: views.paths, size: wide },
  'legends-en-light': { view: views.lanes, size: wide, open: '.panel-network .legend-marks summary' },
  'share-ar-light': { view: views.first, size: wide, open: '.top > button' },
  'timeline-uk-light-phone': { view: views.first, size: phone, panel: 'timeline' },
  'map-en-dark-phone': { view: views.first, size: phone, panel: 'map' },
  'evidence-ar-light-phone': { view: views.evidence, size: phone, panel: 'evidence' },
};

const fonts = useOwnFonts();
const committed = new URL('../../../docs/pictures/', import.meta.url).pathname;
const failures = path.join(tmpdir(), 'casus-screenshots');
const browser = await launch('--font-render-hinting=none', '--force-color-profile=srgb');

function withFewColours(picture) {
  const step = 255 / (shades - 1);
  picture.data.forEach((value, i) => (picture.data[i] = Math.round(Math.round(value / step) * step)));
  return picture;
}

/** Takes a picture when the page no longer changes. */
async function take({ view, size, panel, open }, language, theme) {
  const context = await browser.newContext({ viewport: size, timezoneId: 'Europe/Kyiv', locale: 'en-GB' });
  context.setDefaultTimeout(timeout);
  await keepTo(context, new URL(base).origin);
  const page = await openView(context, base, view, { language, theme, panel });
  if (open) await page.locator(open).first().click();
  await page.mouse.move(0, 0);
  // What is shared names the server's port and the day.
  const mask = [page.locator('textarea')];
  const style = { animations: 'disabled', caret: 'hide', mask, maskColor: '#808080' };
  let last = Buffer.alloc(0);
  for (const end = Date.now() + timeout; Date.now() < end; await page.waitForTimeout(400)) {
    const next = await page.screenshot(style);
    if (next.equals(last)) break;
    last = next;
  }
  await context.close();
  return withFewColours(PNG.sync.read(last));
}

/** Compares a picture with the committed one, and throws if they differ. */
async function compare(name, picture) {
  const before = PNG.sync.read(await readFile(path.join(committed, `${name}.png`)));
  equal('size', [picture.width, picture.height], [before.width, before.height]);
  const { width, height } = picture;
  const difference = new PNG({ width, height });
  const count = pixelmatch(before.data, picture.data, difference.data, width, height, { threshold: tolerance.colour });
  const share = count / (width * height);
  console.log(`${name}: ${(100 * share).toFixed(3)} % of the pixels differ`);
  if (share <= tolerance.pixels) return;
  await mkdir(failures, { recursive: true });
  await writeFile(path.join(failures, `${name}.png`), PNG.sync.write(picture));
  await writeFile(path.join(failures, `${name}-difference.png`), PNG.sync.write(difference));
  throw new Error(`${(100 * share).toFixed(2)} % of the pixels differ, see ${failures}/${name}-difference.png`);
}

let bytes = 0;
for (const [name, picture] of Object.entries(pictures)) {
  if (only.length > 0 && !only.includes(name)) continue;
  const [, language, theme] = name.split('-');
  await check(`picture ${name}`, async () => {
    const taken = await take(picture, language, theme);
    const file = PNG.sync.write(taken, { colorType: 2, filterType: 0, deflateLevel: 9, deflateStrategy: 0 });
    if (options.update) await writeFile(path.join(committed, `${name}.png`), file);
    else await compare(name, taken);
  });
}
await check('the pictures', async () => {
  // Those of the review page are written by review.mjs.
  const names = (await readdir(committed)).filter((name) => !name.startsWith('review-'));
  for (const name of names) bytes += (await readFile(path.join(committed, name))).length;
  equal('names', names.sort(), Object.keys(pictures).map((name) => `${name}.png`).sort());
  if (bytes > mostBytes) throw new Error(`they have ${bytes} bytes, more than ${mostBytes}`);
});

await browser.close();
await rm(fonts, { recursive: true });
finish('screenshots');
