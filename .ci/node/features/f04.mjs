import { equal, until } from '../checks.mjs';
import { clickAt, paintedIn } from './drawings.mjs';
import { dataOf, go, hashHas, holds, listHas, panel } from './lab.mjs';

export const title = 'uncertain place';

const kmPerDegree = 111.2;

/** The discs of the map, the largest first. */
async function discs(page) {
  const found = (await paintedIn(page, 'map', 'disc')).map(({ points: [{ x, y, r }], fill }) => ({ x, y, r, fill }));
  return found.filter(({ r }) => r > 6.5).toSorted((a, b) => b.r - a.r);
}

/** Opens one event of a precision on the map, and returns its marks. */
async function marksOf(page, name, camera) {
  await go(page, `v=1&text=${encodeURIComponent(`Place: ${name}`)}&map=${camera}`);
  return discs(page);
}

export default async function ({ check, checkUcdp, open, address }) {
  await check('a mark is as large as the area in which its event may be', async () => {
    const page = await open('v=1', { graph: 'marks' });
    // Two cameras 1 degree apart give the scale.
    const [exact] = await marksOf(page, 'exact', '20,10,8');
    const [moved] = await marksOf(page, 'exact', '21,10,8');
    const perKm = (exact.x - moved.x) / kmPerDegree / Math.cos((10 * Math.PI) / 180);
    holds('a known place is a filled point', exact.fill !== 'hatch' && exact.r < 15);
    for (const [name, camera, latitude, least] of [
      ['near', '24,12,8', 12, 25],
      ['district', '28,14,8', 14, 80],
      ['province', '32,16,8', 16, 80],
    ]) {
      const [mark, ...others] = await marksOf(page, name, camera);
      equal(`${name}: other marks`, others.length, 0);
      const km = mark.r / perKm / (Math.cos((10 * Math.PI) / 180) / Math.cos((latitude * Math.PI) / 180));
      holds(`${name}: ${km} km, at least ${least}`, km > least * 0.98);
      equal(`${name}: fill`, mark.fill, 'hatch');
      const circles = await paintedIn(page, 'map', 'circle');
      holds(
        `${name}: no dashed outline`,
        circles.some(({ dash, points }) => dash && points[0].r === mark.r),
      );
      // Far away the mark is small, but still no smaller than its area.
      const [far] = await marksOf(page, name, camera.replace(',8', ',4'));
      holds(`${name}: smaller than its precision from afar`, far.r >= mark.r / 16 - 0.01);
    }
  });

  await check('an area is as large as its source says, hatched in a dashed outline', async () => {
    const page = await open('v=1', { graph: 'marks' });
    const [exact] = await marksOf(page, 'exact', '20,10,6');
    const [moved] = await marksOf(page, 'exact', '21,10,6');
    const perDegree = exact.x - moved.x;
    await marksOf(page, 'area', '41,11,6');
    const areas = (await paintedIn(page, 'map', 'shape')).filter(({ fill }) => fill === 'hatch');
    equal('areas', areas.length, 1);
    const edges = (await paintedIn(page, 'map', 'line')).filter(({ dash, points }) => dash && points.length > 3);
    equal('dashed outlines', edges.length, 1);
    for (const [what, { points }] of [
      ['area', areas[0]],
      ['outline', edges[0]],
    ]) {
      const xs = points.map(({ x }) => x);
      const width = Math.max(...xs) - Math.min(...xs);
      holds(`an ${what} of ${width} px, 2 degrees are ${2 * perDegree}`, Math.abs(width / perDegree - 2) < 0.05);
    }
  });

  await check(
    'each event of the sample is in a mark that a click opens, also where several are at one point',
    async () => {
      const page = await open('v=1');
      for (const [latitude, longitude, expected] of [
        [42, 50.5, 2],
        [25.7743, -80.1937, 5],
      ]) {
        // At a high zoom no other mark is near, and the point is in the middle of the map.
        await go(page, `v=1&map=${longitude},${latitude},7`);
        const map = panel(page, 'Map');
        const middle = await map
          .locator('canvas')
          .evaluate(({ clientWidth: w, clientHeight: h }) => ({ x: w / 2, y: h / 2 }));
        const here = ({ x, y }) => Math.hypot(x - middle.x, y - middle.y) < 1;
        const texts = (await paintedIn(page, 'map', 'text')).filter(here).map(({ text }) => text);
        equal('number on the mark', texts.join(), String(expected));
        await clickAt(page, 'map', middle);
        const dialog = page.getByRole('dialog');
        await dialog.locator('.event').first().waitFor();
        equal('events of the mark', await dialog.locator('.event').count(), expected);
        await dialog.getByRole('button', { name: 'Show only these' }).click();
        await listHas(page, expected);
      }
      await go(page, 'v=1');
      const map = panel(page, 'Map');
      await map.getByText('As a table').click();
      for (const [at, name] of [
        ['42.00, 50.50', '2 events A Russian oil platform in the Caspian Sea'],
        ['25.77, -80.19', '5 events Miami'],
      ]) {
        const rows = map.locator('.table li').filter({ hasText: at });
        equal(`rows of ${at}`, (await rows.allInnerTexts()).map((row) => row.replace(at, '').trim()).join(), name);
      }
    },
  );

  await check('places are named beside their marks, in the language of the reader', async () => {
    const page = await open('v=1');
    for (const [code, name] of Object.entries({ en: 'Miami', ar: 'ميامي' })) {
      await go(page, `v=1&lang=${code}`);
      const named = async () => (await paintedIn(page, 'map', 'text')).find(({ text }) => text === name);
      const { x, y } = await until(`${name} on the map`, named, (found) => found !== undefined);
      const near = (await discs(page)).filter((disc) => Math.abs(Math.hypot(disc.x - x, disc.y - y) - disc.r) < 40);
      holds(`no mark beside ${name}`, near.length > 0);
    }
  });

  await checkUcdp('a number of events has the name of the place of most', async () => {
    const query = '{clusters(zoom: 5) {place {label {value}}}}';
    const { clusters } = await dataOf(await address('ucdp'), query);
    const names = new Set(clusters.map(({ place }) => place?.label.value));
    const page = await open('v=1&map=37,48,5', { graph: 'ucdp' });
    const texts = (await paintedIn(page, 'map', 'text'))
      .map(({ text }) => text)
      .filter((text) => /\p{L}{2}/u.test(text));
    holds(`named: ${texts}`, texts.length >= 3 && texts.every((text) => names.has(text)));
  });

  await check('there is never a pin for the middle of a country: it is listed', async () => {
    const page = await open('v=1&map=18.7,15.5,6', { graph: 'marks' });
    const map = panel(page, 'Map');
    const { width, height } = await map
      .locator('canvas')
      .evaluate(({ clientWidth: w, clientHeight: h }) => ({ width: w, height: h }));
    for (const { x, y, fill } of await discs(page)) {
      const off = Math.hypot(x - width / 2, y - height / 2);
      holds(`a ${fill} mark ${off} px from the middle of Chad`, off > 40);
    }
    const chad = map.getByRole('button', { name: /Chad/ });
    equal('listed', (await chad.textContent()).replace(/\s+/g, ' ').trim(), 'Chad (2)');
    await chad.click();
    await hashHas(page, 'country=TD');
    await listHas(page, 2);
  });

  await check('the legend says what marks mean, and of whom borders are', async () => {
    const page = await open('v=1');
    const map = panel(page, 'Map');
    await map.getByText('How to read the marks').click();
    const texts = (await map.locator('.legend-marks li').allTextContents()).join(' ');
    for (const words of ['known place', '25 km', '80 km', 'country', 'not a claim']) {
      holds(`no ${words}: ${texts}`, texts.includes(words));
    }
    await until(
      'the map',
      () => discs(page),
      (found) => found.length > 2,
    );
    holds(
      'an area of the sample',
      (await discs(page)).some(({ fill }) => fill === 'hatch'),
    );
    await map.getByText(/\d+ events? without a place/).waitFor();
  });

  await checkUcdp('what is known by country alone is listed', async () => {
    const months = new Map();
    for (const { time, locations } of await allEvents(await address('ucdp'))) {
      const [first] = locations;
      const month = time.edtf.slice(0, 7);
      if (first?.precision === 6) months.set(month, (months.get(month) ?? 0) + 1);
    }
    holds('UCDP has events of a country', months.size > 0);
    const page = await open('v=1', { graph: 'ucdp' });
    for (const [month, n] of months) {
      await go(page, `v=1&from=${month}&to=${month}`);
      const text = await panel(page, 'Map').locator('.countries').textContent();
      equal(`${month}: listed`, /Ukraine \((\d+)\)/.exec(text)?.[1], String(n));
    }
  });
}

async function allEvents(base) {
  const found = [];
  for (let after = null; ;) {
    const query = `query ($after: String) {timeline(first: 500, after: $after) {
      pageInfo {hasNextPage endCursor} nodes {time {edtf} locations {precision}}}}`;
    const { nodes, pageInfo } = (await dataOf(base, query, { after })).timeline;
    found.push(...nodes);
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}
