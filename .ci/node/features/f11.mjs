import { equal, until } from '../checks.mjs';
import { clickAt, paintedIn } from './drawings.mjs';
import { go, hashHas, holds, panel, settled } from './lab.mjs';

export const title = 'ties';

/** Returns the lines of the network, each with the names of its two actors. */
async function ties(page) {
  const marks = await paintedIn(page, 'network');
  const discs = marks.filter(({ kind }) => kind === 'disc').map(({ points: [at] }) => at);
  const texts = marks.filter(({ kind }) => kind === 'text');
  const nameAt = ({ x, y }) => {
    const disc = discs.find((each) => Math.hypot(each.x - x, each.y - y) < 1);
    return texts.find((text) => disc && Math.abs(text.x - disc.x) < 1 && Math.abs(text.y - disc.y) < 40)?.text;
  };
  return marks
    .filter(({ kind, points }) => kind === 'line' && points.length === 2)
    .map((line) => ({ ...line, ends: line.points.map(nameAt).sort().join(' – ') }));
}

/** Waits until the network rests, and returns its ties. */
async function resting(page) {
  let last;
  return until(
    'the network at rest',
    () => ties(page),
    (found) => {
      const text = JSON.stringify(found.map(({ points }) => points));
      const same = found.length > 0 && text === last;
      last = text;
      return same;
    },
  );
}

const isRed = (colour) => {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return red > 1.6 * green && red > 1.6 * blue;
};

export default async function ({ check, open }) {
  await check('wider with more events, dashed where all are unverified, red where one is denied', async () => {
    const page = await open('v=1', { graph: 'marks' });
    const found = await resting(page);
    const tie = (ends) =>
      found.find((each) => each.ends === ends) ?? { ends, missing: found.map((each) => each.ends) };
    const denied = tie('Northland – Southland');
    const unverified = tie('Eastland – Southland');
    holds(`wider: ${JSON.stringify([denied, unverified])}`, denied.width > unverified.width);
    equal('dashed where all are unverified', unverified.dash, true);
    equal('dashed where one is confirmed', denied.dash, false);
    holds(`${denied.stroke} is red`, isRed(denied.stroke));
    holds(`${unverified.stroke} is not`, !isRed(unverified.stroke));
  });

  await check('red where it is denied that one of the two took part', async () => {
    const page = await open('v=1', { graph: 'marks' });
    const found = await resting(page);
    const tie = found.find(({ ends }) => ends === 'Southland – Westland');
    holds(`no tie: ${found.map(({ ends }) => ends)}`, tie);
    holds(`${tie.stroke} is red`, isRed(tie.stroke));
    equal('dashed where one is confirmed', tie.dash, false);
    const [a, b] = tie.points;
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    const crosses = (await paintedIn(page, 'network', 'line')).filter(
      ({ points, stroke }) =>
        points.length === 4 &&
        isRed(stroke) &&
        points.every(({ x, y }) => Math.hypot(x - middle.x, y - middle.y) < 8),
    );
    equal('crosses', crosses.length, 1);
    // The cross is in the middle.
    await clickAt(page, 'network', { x: (2 * a.x + b.x) / 3, y: (2 * a.y + b.y) / 3 });
    await hashHas(page, 'link=');
    const events = panel(page, 'Evidence').locator('.event');
    const denied = events.filter({ has: page.locator('.status-DENIED') });
    await denied.waitFor();
    const text = await denied.innerText();
    holds(`whose part is denied: ${text}`, /Parade in the square[^]*Westland\s*\S*\s*denied/.test(text));
    holds('the event itself is denied', !/Southland\s*\S*\s*denied/.test(text));
    equal('denied', await denied.locator('.status-DENIED').count(), 1);
    equal('of how many events', await events.count(), 2);
  });

  await check('a click shows its dated events with their claims', async () => {
    const page = await open('v=1', { graph: 'marks' });
    const found = await resting(page);
    const {
      points: [a, b],
    } = found.find(({ ends }) => ends === 'Northland – Southland');
    await clickAt(page, 'network', { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
    await hashHas(page, 'link=');
    const evidence = panel(page, 'Evidence');
    const event = evidence.locator('.event').filter({ hasText: 'Meeting by the river' });
    await event.waitFor();
    holds('no date', /April 2, 2024/.test(await event.innerText()));
    holds(`no claim: ${await event.innerText()}`, /The Gazette/.test(await event.innerText()));
    const all = await evidence.innerText();
    equal(`denied events: ${all}`, await evidence.locator('.event .status-DENIED').count(), 1);
    await event.locator('button').first().click();
    await until(
      'its claims',
      () => page.locator('.claim').count(),
      (n) => n > 0,
    );
  });

  await check('a table has the same ties', async () => {
    const page = await open('v=1');
    const network = panel(page, 'Network');
    await network.getByText('As a table').click();
    const rows = network.locator('.table tr');
    const weights = await rows.locator('td:nth-child(2)').allTextContents();
    const numbers = weights.map((text) => parseInt(text, 10));
    equal(
      'the heaviest first',
      numbers,
      numbers.toSorted((a, b) => b - a),
    );
    equal('ties', numbers.length, Math.min(50, (await resting(page)).length));
    await rows.first().getByRole('button').click();
    await hashHas(page, 'link=');
    await settled(page);
    const shared = await panel(page, 'Evidence').locator('.event').count();
    equal('its events', shared, numbers[0]);
    await go(page, 'v=1');
  });
}
