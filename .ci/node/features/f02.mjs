import { equal, until } from '../checks.mjs';
import { paintedIn } from './drawings.mjs';
import { drawing, hashOf, holds, lastVariables, panel, settled } from './lab.mjs';

export const title = 'zoom from years to hours, and lanes';

const hour = 3_600_000;
const day = 24 * hour;
const lengths = { HOUR: hour, DAY: day, WEEK: 7 * day, MONTH: 30.4 * day, QUARTER: 91.3 * day, YEAR: 365.2 * day };

/** Returns the names of the lanes: the texts at the left edge. */
export async function lanesOf(page) {
  return (await paintedIn(page, 'timeline', 'text')).filter(({ x }) => x === 5).map(({ text }) => text);
}

/** Zooms with the wheel until the buckets are of each interval, and checks that these are wide enough. */
async function zoomThrough(page) {
  const canvas = drawing(page, 'Timeline');
  const { x, y, width, height } = await canvas.boundingBox();
  await page.mouse.move(x + width * 0.6, y + height / 2);
  const seen = new Set();
  const look = async () => {
    await settled(page);
    const { interval } = lastVariables(page, 'splitBy');
    seen.add(interval);
    const shown = /window=([^&/]+)\/([^&]+)/.exec(await hashOf(page));
    if (!shown) return;
    const pixels = (lengths[interval] / (Date.parse(shown[2]) - Date.parse(shown[1]))) * width;
    holds(`an interval ${interval} of ${pixels} px`, pixels >= 2.9);
    const own = (await paintedIn(page, 'timeline', 'rect')).filter(
      ({ y: top, h }) => top > 24 && h > 1.2 && h < height,
    );
    for (const { w } of own) holds(`a column of ${w} px`, w >= 0.9);
  };
  for (let step = 0; step < 9 && !seen.has('YEAR'); step++) {
    await page.mouse.wheel(0, 900);
    await look();
  }
  for (let step = 0; step < 16 && !seen.has('HOUR'); step++) {
    await page.mouse.wheel(0, -900);
    await look();
  }
  return seen;
}

async function checkLanes(page) {
  for (const field of ['category', 'status', 'actor', 'place', 'publisher']) {
    await panel(page, 'Timeline').getByRole('combobox').selectOption(field);
    await settled(page);
    const lanes = await lanesOf(page);
    const others = lanes.filter((name) => name === 'others').length;
    holds(
      `${lanes.length} lanes by ${field}: ${lanes}`,
      lanes.length > 0 && lanes.length - others <= 12 && others <= 1,
    );
  }
}

export default async function ({ check, checkUcdp, open }) {
  await check('zooming goes through years, months, weeks, days and hours', async () => {
    const page = await open('v=1&lanes=publisher');
    const seen = await zoomThrough(page);
    for (const interval of ['YEAR', 'MONTH', 'WEEK', 'DAY', 'HOUR']) {
      holds(`no buckets by ${interval}: ${[...seen]}`, seen.has(interval));
    }
    await panel(page, 'Timeline').getByRole('button', { name: 'Show all' }).click();
    await until(
      'the whole time',
      () => hashOf(page),
      (hash) => /window=2022/.test(hash),
    );
  });

  await check('lanes by category, status, actor, place and publisher: at most twelve and others', async () => {
    const page = await open('v=1', { graph: 'fictional' });
    await checkLanes(page);
    const lanes = await lanesOf(page);
    equal(
      'publishers',
      lanes.some((name) => /Courier|Herald|Beacon/.test(name)),
      true,
    );
  });

  await checkUcdp('zoom and lanes', async () => {
    const page = await open('v=1', { graph: 'ucdp' });
    await zoomThrough(page);
    await panel(page, 'Timeline').getByRole('button', { name: 'Show all' }).click();
    await checkLanes(page);
  });
}
