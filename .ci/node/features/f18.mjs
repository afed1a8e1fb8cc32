import { equal } from '../checks.mjs';
import { drawing, frames, holds, settled } from './lab.mjs';

export const title = '100,000 marks without a graphics card';

const day = 86_400_000;
const lanes = 10;
const buckets = 10_000;

/** As many buckets by day as the calendar of the answer has room for, each with an event in every lane. */
function manyBuckets() {
  const first = Date.UTC(2000, 0);
  const groups = Array.from({ length: lanes }, (_, lane) => ({
    key: `LANE${lane}`,
    others: false,
    events: 1 + (lane % 3),
    certain: 1 + (lane % 3),
    possible: 3,
    node: null,
  }));
  return Array.from({ length: buckets }, (_, i) => ({
    start: new Date(first + i * day).toISOString(),
    end: new Date(first + (i + 1) * day).toISOString(),
    groups,
  }));
}

export default async function ({ check, open, context }) {
  await check('the timeline draws 100,000 columns, frame by frame', async () => {
    const own = await context();
    // The timeline's answer, whatever else is in it, gets other buckets.
    await own.route('**/graphql', async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      for (const key of Object.keys(answer.data ?? {}))
        if (/(^|_)buckets$/.test(key)) answer.data[key] = manyBuckets();
      await route.fulfill({ response, json: answer });
    });
    const page = await open('v=1&lanes=publisher&window=2000-01-01T00:00:00Z/2027-05-19T00:00:00Z', { context: own });
    const count = () =>
      page.evaluate(() => globalThis.painted.timeline.filter(({ kind, y }) => kind === 'rect' && y > 24).length);
    holds(`${await count()} rectangles`, (await count()) >= lanes * buckets);
    const canvas = drawing(page, 'Timeline');
    await canvas.focus();
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Shift+ArrowRight');
      await frames(page);
      holds(`frame ${i}`, (await count()) > 0.5 * lanes * buckets);
    }
    await settled(page);
    equal('failures', await page.locator('.failure').count(), 0);
    equal(
      'frames by the processor',
      await canvas.evaluate((each) => each.getContext('2d').getContextAttributes().willReadFrequently),
      true,
    );
  });
}
