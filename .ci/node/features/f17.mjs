import { equal, until } from '../checks.mjs';
import { paintedIn } from './drawings.mjs';
import { hashHas, holds, panel, settled } from './lab.mjs';

export const title = 'dark, light, and as the system has it';

/** Returns how light the page is, 0 to 255, and the same of the drawings. */
async function lightness(page) {
  return page.evaluate(() => {
    const light = (colour) => {
      const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
      return (red + green + blue) / 3;
    };
    const drawn = [...document.querySelectorAll('canvas')].map((canvas) => {
      const [red, green, blue] = canvas.getContext('2d').getImageData(canvas.width - 2, canvas.height - 2, 1, 1).data;
      return (red + green + blue) / 3;
    });
    return [light(getComputedStyle(document.body).backgroundColor), ...drawn];
  });
}

const isDark = (all) => all.every((each) => each < 110);
const isLight = (all) => all.every((each) => each > 140);

export default async function ({ check, open }) {
  await check('the theme is chosen, and followed by the drawings', async () => {
    const page = await open('v=1', { colorScheme: 'light' });
    await until('light', () => lightness(page), isLight);
    await page.getByLabel('Colours').selectOption('dark');
    await until('dark', () => lightness(page), isDark);
    await hashHas(page, 'theme=dark');
    await page.getByLabel('Colours').selectOption('light');
    await until('light again', () => lightness(page), isLight);
  });

  await check('without a choice it is as the system has it, also when that changes', async () => {
    const page = await open('v=1', { colorScheme: 'dark' });
    await until('dark', () => lightness(page), isDark);
    await page.emulateMedia({ colorScheme: 'light' });
    await until('light', () => lightness(page), isLight);
  });

  await check('a shape and a word beside each colour', async () => {
    const page = await open('v=1&lanes=status', { graph: 'fictional' });
    const lanes = (await paintedIn(page, 'timeline', 'text')).filter(({ x }) => x === 5).map(({ text }) => text);
    holds(`lanes ${lanes}`, lanes.length > 3);
    for (const lane of lanes) holds(`no shape and word: ${lane}`, /^[^\p{L}\d\s]\S*\s+\p{L}+/u.test(lane));
    equal('different shapes', new Set(lanes.map((lane) => lane.trim()[0])).size, lanes.length);
    for (const kind of ['status', 'category']) {
      const badges = panel(page, 'List').locator(`.badge[class*=${kind}-]`);
      const texts = await badges.allTextContents();
      holds(`no badges of ${kind}`, texts.length > 10);
      for (const text of texts) holds(`no shape and word: ${text}`, /^[^\p{L}\d\s]\S*\s+\p{L}+/u.test(text.trim()));
    }
    await settled(page);
  });
}
