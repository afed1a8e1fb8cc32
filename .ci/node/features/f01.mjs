import { equal, until } from '../checks.mjs';
import { clickAt, paintedIn } from './drawings.mjs';
import { dataOf, drawing, go, hashHas, holds, item, listed, listHas, panel, settled } from './lab.mjs';

export const title = 'four linked views and a list, which share one filter';

/** What each view says of its selection. */
async function shown(page) {
  const [timeline, map, network] = await Promise.all(
    ['timeline', 'map', 'network'].map(async (name) => JSON.stringify(await paintedIn(page, name))),
  );
  return { list: await listed(page), timeline, map, network };
}

/** Returns how many actors of the network have a ring. */
async function networkRings(page) {
  const outlines = [...(await paintedIn(page, 'network', 'circle')), ...(await paintedIn(page, 'network', 'line'))];
  return outlines.filter(({ width, points }) => width === 3 && points.length !== 2).length; // a tie has two points
}

async function differ(page, before) {
  await settled(page);
  const now = await shown(page);
  for (const [view, value] of Object.entries(now))
    holds(`the ${view} shows the same as before`, value !== before[view]);
  return now;
}

async function drag(page, name, from, to) {
  const box = await drawing(page, name).boundingBox();
  const height = Math.min(box.height, 200); // the rest may be below the panel's edge
  const at = ([x, y]) => [box.x + x * box.width, box.y + y * height];
  await page.keyboard.down('Shift');
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
}

async function facet(page, name) {
  const list = panel(page, 'List');
  if (!(await list.locator('.facets').isVisible()))
    await list.locator('summary').filter({ hasText: 'Filters' }).click();
  await list.getByRole('button', { name }).click();
}

export default async function ({ check, checkUcdp, open, address }) {
  await check('a facet, a brush, an area, an actor and a place filter all views', async () => {
    const page = await open('v=1');
    const all = await shown(page);
    equal('events', all.list, 39);

    await facet(page, /Assault/);
    equal('assaults', (await differ(page, all)).list, 14);
    const lanes = await paintedIn(page, 'timeline', 'text');
    holds('another lane than the chosen category', !lanes.some(({ text }) => /Consult/.test(text)));

    await page.goBack();
    await listHas(page, 39);
    await settled(page);
    await drag(page, 'Timeline', [0.85, 0.5], [0.9, 0.8]);
    await hashHas(page, 'from=');
    holds('a brush selects fewer', (await differ(page, all)).list < 39);

    await go(page, 'v=1');
    await drag(page, 'Map', [0.3, 0.2], [0.6, 0.6]);
    await hashHas(page, 'box=');
    await settled(page);
    holds('an area selects fewer', (await listed(page)) < 39);
    await page.getByText('area on the map', { exact: true }).waitFor();

    await go(page, 'v=1');
    const disc = (await paintedIn(page, 'network', 'disc')).toSorted((a, b) => b.points[0].r - a.points[0].r)[0];
    await clickAt(page, 'network', disc.points[0]);
    await hashHas(page, 'actor=');
    const few = await differ(page, all);
    holds('an actor selects fewer', few.list > 0 && few.list < 39);

    await go(page, 'v=1');
    await page.getByRole('combobox').first().fill('Odesa');
    await page.locator('.search').getByRole('option').filter({ hasText: 'place' }).first().click();
    await hashHas(page, 'place=');
    holds('a place selects fewer', (await differ(page, all)).list < 39);
  });

  await check('names in the evidence filter, and a click again undoes it', async () => {
    const page = await open('v=1&event=event:miami-talks-2025-12-20');
    for (const [name, field] of [
      ['Participants', 'actor'],
      ['Places', 'place'],
    ]) {
      const button = page.getByRole('list', { name, exact: true }).getByRole('button').first();
      await button.click();
      await hashHas(page, `${field}=${field === 'actor' ? 'actor' : 'location'}:`);
      await settled(page);
      holds('the list is filtered', (await listed(page)) < 39);
      equal('pressed', await button.getAttribute('aria-pressed'), 'true');
      await button.click();
      await listHas(page, 39);
    }
  });

  await check('a filter shows more values when asked', async () => {
    const page = await open('v=1');
    await panel(page, 'List').locator('summary').filter({ hasText: 'Filters' }).click();
    const actors = page.locator('.facets fieldset').filter({ hasText: 'Actor' }).first();
    const more = actors.getByRole('button', { name: /^and \d+ more$/ });
    const rest = Number((await more.textContent()).replace(/\D/g, ''));
    const few = (await actors.getByRole('button').count()) - 1;
    await more.click();
    await until(
      'all of them',
      () => actors.getByRole('button').count(),
      (n) => n === few + rest,
    );
  });

  await check('an event is chosen in all views', async () => {
    const page = await open('v=1');
    const framed = async () => (await paintedIn(page, 'timeline', 'frame')).filter(({ width }) => width === 2).length;
    const ringed = async () => (await paintedIn(page, 'map', 'circle')).filter(({ width }) => width === 3).length;
    equal('chosen bars', await framed(), 0);
    equal('chosen places', await ringed(), 0);
    const rows = panel(page, 'List').locator('.event button');
    await rows.filter({ hasText: 'Saturday session of the Miami talks' }).click();
    await panel(page, 'Evidence').locator('.claim').first().waitFor();
    await settled(page);
    equal('chosen bars', await framed(), 1);
    equal('chosen places', await ringed(), 1);
    equal('chosen rows', await page.locator('.panel-list .event.selected').count(), 1);
    const { event } = await dataOf(
      await address(),
      '{event(id: "event:miami-talks-2025-12-20") {participants {actor {label {value}}}}}',
    );
    const names = (await paintedIn(page, 'network', 'text')).map(({ text }) => text);
    equal(
      'participants without a name in the network',
      event.participants.map(({ actor }) => actor.label.value).filter((name) => !names.includes(name)),
      [],
    );
    const rings = await networkRings(page);
    equal('participants with a ring', rings, new Set(event.participants.map(({ actor }) => actor.label.value)).size);
  });

  await checkUcdp('an event is chosen among columns and clusters', async () => {
    const graph = 'ucdp';
    const { timeline } = await dataOf(await address(graph), '{timeline(first: 1) {nodes {id}}}');
    const page = await open(`v=1&event=${timeline.nodes[0].id}`, { graph });
    const frames = (await paintedIn(page, 'timeline', 'frame')).filter(({ width }) => width === 2);
    equal('frames around its time', frames.length, 1);
    const rings = (await paintedIn(page, 'map', 'circle')).filter(({ width }) => width === 3);
    equal('rings around its cell', rings.length, 1);
  });

  await check('at most one request for each view and change', async () => {
    const page = await open('v=1');
    const views = 5;
    const changes = {
      facet: () => facet(page, /Consult/),
      back: () => page.goBack(),
      lanes: () => panel(page, 'Timeline').getByRole('combobox').selectOption('status'),
      moment: () => page.getByLabel('Previous change').click(),
      language: () => page.getByLabel('Language').selectOption('uk'),
    };
    for (const [name, change] of Object.entries(changes)) {
      const before = page.queries.length;
      await change();
      await settled(page);
      const asked = page.queries.slice(before).map(({ text }) => text);
      holds(`${asked.length} requests for ${name}`, asked.length <= views);
      equal(`repeated requests for ${name}`, asked.length - new Set(asked).size, 0);
    }
  });

  await check('of many changes the last one wins', async () => {
    const page = await open('v=1');
    await facet(page, /Assault/);
    await settled(page);
    // The answers to earlier questions come after those to later ones.
    let delay = 1600;
    await page.route('**/graphql', async (route) => {
      const own = (delay = Math.max(0, delay - 400));
      await new Promise((resolve) => setTimeout(resolve, own));
      await route.continue().catch(() => undefined); // the page gave the question up
    });
    for (const name of [/Consult/, /Reject/, /Consult/, /Reject/, /Assault/, /Consult/]) {
      await facet(page, name);
      await page.waitForTimeout(150); // longer than the page waits for further changes
    }
    await settled(page);
    await page.unroute('**/graphql');
    const fresh = await open(decodeURIComponent(new URL(page.url()).hash.slice(1)));
    equal('what it shows', await shown(page).then(({ list }) => list), await listed(fresh));
    for (const view of ['timeline', 'map']) {
      const texts = async (own) => (await paintedIn(own, view, 'text')).map(({ text }) => text).sort();
      equal(view, await texts(page), await texts(fresh));
    }
  });

  await check('no view shows another selection than the others for more than 300 ms', async () => {
    const page = await open('v=1');
    await panel(page, 'List').locator('summary').filter({ hasText: 'Filters' }).click();
    await settled(page);
    let delay = 0;
    await page.route('**/graphql', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, (delay += 700)));
      await route.continue().catch(() => undefined);
    });
    const samples = await page.evaluate(() => {
      const found = (globalThis.samples = []);
      const read = () => {
        const states = {};
        for (const panel of document.querySelectorAll('.panel')) {
          if (panel.id === 'evidence') continue;
          const list = panel.querySelectorAll('.event').length;
          const drawn = JSON.stringify(globalThis.painted[panel.id]);
          states[panel.id] = { shown: panel.id === 'list' ? String(list) : drawn, busy: panel.ariaBusy === 'true' };
        }
        found.push({ at: performance.now(), states });
      };
      globalThis.sampler = setInterval(read, 25);
      read();
      return found.length;
    });
    equal('first sample', samples, 1);
    await facet(page, /Assault/);
    await listHas(page, 14);
    await settled(page);
    const taken = await page.evaluate(() => {
      clearInterval(globalThis.sampler);
      return globalThis.samples;
    });
    const [{ states: before }] = taken;
    const after = taken.at(-1).states;
    let since;
    let longest = 0;
    let busy = 0;
    for (const { at, states } of taken) {
      const all = Object.entries(states);
      const old = all.filter(([name, own]) => own.shown === before[name].shown && !own.busy);
      const renewed = all.filter(([name, own]) => own.shown === after[name].shown);
      busy += all.some(([, own]) => own.busy) ? 1 : 0;
      const mixed = old.length > 0 && renewed.length > 0;
      since = mixed ? (since ?? at) : undefined;
      if (mixed) longest = Math.max(longest, at - since);
    }
    holds('a late view says that it is loading', busy > 0);
    holds(`two selections for ${Math.round(longest)} ms`, longest <= 300);
    await until(
      'no late view',
      () => page.locator('.panel[aria-busy=true]').count(),
      (n) => n === 0,
    );
  });

  await check('/ leads to the explorer, and each view to its query', async () => {
    const page = await open('v=1');
    await page.goto(`${await address()}/`);
    equal('path', new URL(page.url()).pathname, '/explore');
    await listHas(page, 39);
    for (const name of ['Timeline', 'Map', 'Network', 'List']) {
      holds(`the query of the ${name}`, await (await item(page, name, 'Open in playground')).getAttribute('href'));
      await page.keyboard.press('Escape');
    }
  });
}
