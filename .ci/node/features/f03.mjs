import { equal, until } from '../checks.mjs';
import { paintedIn, pixels } from './drawings.mjs';
import { dataOf, go, holds, listHas, panel, settled } from './lab.mjs';

export const title = 'uncertain time';

const window = 'window=2024-01-01T00:00:00Z/2025-01-01T00:00:00Z';

/**
 * How each class of time is drawn: from and to as shares of 2024; the fill; a dashed outline; arrows at open ends. Of
 * those without an end here, the drawing has the edge.
 */
const classes = {
  instant: { from: [2, 6, 22.5], to: [2, 6, 22.5], solid: true },
  day: { from: [2, 5], to: [2, 6], solid: true },
  month: { from: [3, 1], to: [4, 1] },
  year: { from: [0, 1], to: [12, 1] },
  season: { from: [5, 1], to: [8, 1] },
  interval: { from: [1, 10], to: [1, 21] },
  'one of': { from: [4, 1], to: [4, 21] },
  'some day': { from: [7, 1], to: [8, 1] },
  decade: { from: [0, 1], to: [12, 1], clipped: true },
  about: { from: [5, 10], to: [5, 11], solid: true, dashed: true },
  doubtful: { from: [5, 1], to: [6, 1], dashed: true },
  'about and doubtful': { from: [6, 1], to: [7, 1], dashed: true },
  'open start': { from: [0, 1], to: [2, 2], arrows: ['start'] },
  'unknown start': { from: [0, 1], to: [2, 2], arrows: ['start'] },
  'open end': { from: [4, 1], to: [12, 1], arrows: ['end'] },
  'unknown end': { from: [4, 1], to: [12, 1], arrows: ['end'] },
};

const share = ([month, date, hours = 0]) => {
  const [from, to] = [Date.UTC(2024, 0), Date.UTC(2025, 0)];
  return (Date.UTC(2024, month, date, 0, 60 * hours) - from) / (to - from);
};

/** Returns whether some row, and some column, of an area has more than one colour: a hatch has in both. */
function isHatched(rows) {
  const several = (line) => new Set(line).size > 1;
  return rows.some(several) && rows[0].some((_, x) => several(rows.map((row) => row[x])));
}

async function checkClass(page, name, want) {
  const own = `time-${name.replaceAll(' ', '-')}`;
  await go(page, `v=1&${window}&text=${encodeURIComponent(`Time: ${name}`)}`);
  // The words of one class are also in others.
  const rows = await paintedIn(page, 'timeline');
  const width = await page.locator('.panel-timeline canvas').evaluate((canvas) => canvas.clientWidth);
  const [left, right] = [share(want.from) * width, share(want.to) * width];
  const bars = rows.filter(({ kind, y, h }) => kind === 'rect' && y > 30 && h >= 5 && h <= 14);
  const bar = bars.find(({ x, w }) => {
    const end = want.arrows?.includes('end') || want.clipped ? Math.max(x + w, right) : x + w;
    const begin = want.arrows?.includes('start') || want.clipped ? Math.max(0, x) : x;
    return Math.abs(begin - left) < 2 && Math.abs(Math.min(end, width) - Math.max(right, left + 4)) < 5;
  });
  holds(`${own}: no bar from ${left} to ${right}: ${JSON.stringify(bars.map(({ x, w }) => [x, w]))}`, bar);
  equal(`${own}: solid`, bar.fill !== 'hatch', want.solid === true);
  const frame = rows.find(({ kind, x, y }) => kind === 'frame' && Math.abs(x - bar.x) < 1 && Math.abs(y - bar.y) < 1);
  equal(`${own}: dashed`, frame?.dash === true, want.dashed === true);
  equal(`${own}: outlined`, frame !== undefined, want.dashed === true || want.solid !== true);
  const tips = rows.filter(
    ({ kind, points, y }) => kind === 'shape' && (y === undefined || y) && points.length === 3,
  );
  const at = (edge) => tips.filter(({ points }) => Math.abs(points[1].x - edge) < 3).length;
  equal(`${own}: arrow at the start`, at(bar.x) > 0, want.arrows?.includes('start') === true);
  equal(`${own}: arrow at the end`, at(bar.x + bar.w) > 0, want.arrows?.includes('end') === true);
  if (bar.w < 12) return;
  // The same on the screen: within the outline, away from arrows and the sign of the category.
  const x = Math.max(2, bar.x) + 12;
  const w = Math.min(24, Math.max(6, bar.w - 24));
  const rowsOf = await pixels(page, 'timeline', { x, y: bar.y + 2, w, h: bar.h - 4 });
  if (want.solid !== true) equal(`${own}: hatched on the screen`, isHatched(rowsOf), true);
}

export default async function ({ check, checkUcdp, open, address }) {
  await check('each class of time is drawn as what it is', async () => {
    const page = await open(`v=1&${window}`, { graph: 'marks' });
    for (const [name, want] of Object.entries(classes)) await checkClass(page, name, want);
  });

  await check('a legend explains the marks', async () => {
    const page = await open('v=1');
    const timeline = panel(page, 'Timeline');
    await timeline.getByText('How to read the marks').click();
    const marks = timeline.locator('.legend-marks li');
    equal('marks', await marks.count(), 6);
    equal('drawn marks', await marks.locator('svg').count(), 6);
    for (const words of ['known to the day', 'somewhere within', 'dashed', 'arrow', 'pale', 'must be then']) {
      holds(
        `no ${words}`,
        (await marks.allTextContents()).some((text) => text.includes(words)),
      );
    }
  });

  await check('what is not said to have happened is pale, and named', async () => {
    const page = await open('v=1&status=DENIED', { graph: 'fictional' });
    const bars = async () => {
      const rows = await paintedIn(page, 'timeline');
      const found = rows.filter(({ kind, y, w, h }) => kind === 'rect' && y > 30 && h >= 5 && h <= 14 && w >= 4);
      for (const bar of found.filter(({ alpha }) => alpha < 1)) {
        const at = ({ kind, x, y }) => kind === 'frame' && Math.abs(x - bar.x) < 1 && Math.abs(y - bar.y) < 1;
        equal('alpha of the outline', rows.find(at)?.alpha, 1);
      }
      return found.map(({ alpha }) => alpha < 1);
    };
    const pale = await bars();
    holds(`denied events: ${pale}`, pale.length > 0 && !pale.includes(false));
    equal('words for what happened', await page.locator('.panel-list .badge', { hasText: 'happened' }).count(), 0);
    await go(page, 'v=1&status=CONFIRMED&modality=OCCURRED');
    const solid = await bars();
    holds(`confirmed events: ${solid}`, solid.length > 0 && !solid.includes(true));
    await go(page, 'v=1&modality=PLANNED&modality=NEGATED');
    const query = '{timeline(filter: {modalities: [PLANNED, NEGATED]}) {nodes {modality}}}';
    const { nodes } = (await dataOf(await address('fictional'), query)).timeline;
    const words = nodes.map(({ modality }) => ({ PLANNED: 'planned', NEGATED: 'did not happen' })[modality]).sort();
    holds('no such events', new Set(words).size === 2);
    await panel(page, 'Timeline').getByText('As a table').click();
    for (const rows of ['.panel-list .event', '.panel-timeline tr']) {
      const named = page.locator(rows).locator('.badge', { hasText: /^(planned|did not happen)$/ });
      equal(rows, (await named.allTextContents()).sort(), words);
    }
    equal('pale bars', [...new Set(await bars())], [true]);
  });

  await check('events without a time are counted and opened', async () => {
    const page = await open('v=1');
    await page.getByRole('button', { name: '3 events without a time' }).click();
    await listHas(page, 3);
    await until(
      'that no event has a time',
      () => page.locator('.panel-timeline .empty').count(),
      (n) => n === 1,
    );
    equal('times', [...new Set(await page.locator('.panel-list .event time').allTextContents())], ['time unknown']);
  });

  await check('a year is no spike in January, but a band over all its months', async () => {
    const page = await open(`v=1&${window}&lanes=publisher&text=${encodeURIComponent('Time: year')}`, {
      graph: 'marks',
    });
    await settled(page);
    checkBand(await columnsOf(page), 1);
  });

  await checkUcdp('buckets have a band from must to may', async () => {
    const page = await open('v=1', { graph: 'ucdp' });
    const columns = await columnsOf(page);
    holds('no columns', columns.length > 50);
    holds(
      'no band',
      columns.some(({ fill }) => fill === 'hatch'),
    );
    await page.getByLabel('Lanes').selectOption('status');
    await settled(page);
    holds('no columns by status', (await columnsOf(page)).length > 0);
  });
}

/** The parts of columns: below the axis and of more than a line. */
async function columnsOf(page) {
  const rects = await paintedIn(page, 'timeline', 'rect');
  return rects.filter(({ y, h }) => y > 24 && h !== 1 && h > 0.5);
}

/** Checks that a band covers a whole year, with equal heights and without what must be. */
function checkBand(columns, most) {
  const may = columns.filter(({ fill }) => fill === 'hatch');
  const must = columns.filter(({ fill }) => fill !== 'hatch');
  equal('solid columns', must.length, 0);
  const heights = new Set(may.map(({ h }) => Math.round(h)));
  equal('heights', heights.size, most);
  const covered = may.reduce((sum, { w }) => sum + w + 0.6, 0);
  const [first, last] = [Math.min(...may.map(({ x }) => x)), Math.max(...may.map(({ x, w }) => x + w))];
  holds(`a band from ${first} to ${last} with ${covered} px`, covered > 0.97 * (last - first) && last - first > 800);
}
