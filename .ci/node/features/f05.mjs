import { equal, until } from '../checks.mjs';
import { clickAt, paintedIn } from './drawings.mjs';
import { dataOf, drawing, frames, go, hashHas, holds, panel, settled } from './lab.mjs';

export const title = 'evidence in columns, two clicks from every mark';

const claims = (page) => panel(page, 'Evidence').locator('.claim');

async function hasClaims(page, mark) {
  await until(
    `claims of ${mark}`,
    () => claims(page).count(),
    (n) => n > 0,
  );
}

/** The events that are listed beside a mark of several. */
const besideMark = (page) => page.getByRole('dialog', { name: 'Events of the mark' });

/** Opens the first event of a mark's list, as the second click after one on the mark. */
async function openListed(page, mark) {
  await besideMark(page).locator('.event button').first().click();
  await hasClaims(page, mark);
  equal('lists', await besideMark(page).count(), 0);
}

/** Clicks on the greatest circle of the map with a number. */
async function clickCluster(page) {
  const texts = (await paintedIn(page, 'map', 'text')).filter(({ text }) => /^[\d.]+[KM]?$/.test(text));
  const discs = (await paintedIn(page, 'map', 'disc')).toSorted((a, b) => b.points[0].r - a.points[0].r);
  const hasNumber = ({ x, y }) => texts.some((text) => Math.hypot(text.x - x, text.y - y) < 2);
  const found = discs.find(({ points: [at] }) => hasNumber(at));
  await clickAt(page, 'map', found.points[0]);
}

/** Presses Enter on a mark of several events, and then on the first of them. */
async function enterTwice(page, mark) {
  await page.keyboard.press('Enter');
  await until(
    `the focus on an event of ${mark}`,
    () => besideMark(page).locator('.event button:focus').count(),
    (n) => n === 1,
  );
  await page.keyboard.press('Enter');
  await hasClaims(page, mark);
}

export default async function ({ check, checkUcdp, open, address }) {
  await check('columns say who says, confirms, denies and took back what', async () => {
    const page = await open('v=1&event=event:rovvek-meeting', { graph: 'fictional' });
    await hasClaims(page, 'the meeting');
    const columns = panel(page, 'Evidence').locator('.columns > section');
    equal('columns', await columns.evaluateAll((all) => all.map((each) => each.ariaLabel)), [
      'says',
      'confirms',
      'denies',
    ]);
    const denials = panel(page, 'Evidence').getByRole('region', { name: 'denies' });
    const relayed = denials.locator('.claim').filter({ hasText: 'via' });
    const text = await relayed.innerText();
    for (const part of ['Hamet Sorvane', 'via', 'Keth', 'March', '2031', 'there was no meeting at Rovvek']) {
      holds(`no ${part} in ${text}`, text.includes(part));
    }
    holds('no publisher', /—/.test(await relayed.locator('.source').innerText()));
    const confirmed = panel(page, 'Evidence').getByRole('region', { name: 'confirms' });
    const translated = confirmed.locator('.claim').filter({ hasText: 'Так, ми зустрілися' });
    const participants = panel(page, 'Evidence').getByRole('list', { name: 'Participants' }).locator('li');
    const certain = await participants.locator('.badge').evaluateAll((all) => all.map((each) => each.className));
    equal('one is less certain', certain.toSorted(), [
      'badge status-CONFIRMED',
      'badge status-CONFIRMED',
      'badge status-UNVERIFIED',
    ]);
    equal('translation', await translated.locator('.translation').innerText(), 'Yes, we met at Rovvek');
    equal('language of the words', await translated.locator('blockquote').first().getAttribute('lang'), 'uk');
  });

  await check(
    'disputes and withdrawals have their columns; what was withdrawn is struck through and still there',
    async () => {
      const page = await open('v=1&event=event:braskel-blast', { graph: 'fictional' });
      await hasClaims(page, 'the blast');
      const withdrawn = claims(page).filter({ hasText: 'taken back' });
      holds('nothing withdrawn', (await withdrawn.count()) > 0);
      const quote = withdrawn.filter({ hasText: 'انفجار ثانٍ' }).locator('blockquote').first();
      const line = await quote.evaluate((own) => {
        for (let each = own; each; each = each.parentElement) {
          const found = getComputedStyle(each).textDecorationLine;
          if (found !== 'none') return found;
        }
        return 'none';
      });
      equal('line', line, 'line-through');
      await panel(page, 'Evidence').getByRole('region', { name: 'took back' }).waitFor();
      await go(page, 'v=1&event=event:port-ledda-strike');
      await panel(page, 'Evidence').getByRole('region', { name: 'disputes' }).locator('.claim').first().waitFor();
    },
  );

  await check('every mark reaches its claims in two clicks', async () => {
    const page = await open('v=1');
    const bar = (await paintedIn(page, 'timeline', 'rect')).find(
      ({ y, w, h, x }) => y > 30 && y < 150 && h > 4 && w > 3 && x > 4,
    );
    await clickAt(page, 'timeline', { x: bar.x + bar.w / 2, y: bar.y + bar.h / 2 });
    await hasClaims(page, 'a bar');

    await go(page, 'v=1&lanes=publisher');
    const column = (await paintedIn(page, 'timeline', 'rect'))
      .filter(({ x, y, h }) => x > 0 && x < 890 && y > 24 && y < 150 && h > 8)
      .at(-1);
    await clickAt(page, 'timeline', { x: column.x + column.w / 2, y: column.y + column.h / 2 });
    await openListed(page, 'a column');

    await go(page, 'v=1');
    const discs = await paintedIn(page, 'map', 'disc');
    const texts = await paintedIn(page, 'map', 'text');
    const at = (mark) => texts.find(({ x, y }) => Math.hypot(x - mark.points[0].x, y - mark.points[0].y) < 2)?.text;
    await clickAt(page, 'map', discs.findLast((each) => !/^\d*$/.test(at(each) ?? '')).points[0]);
    await hasClaims(page, 'a place of one event');
    await go(page, 'v=1');
    await clickCluster(page);
    await openListed(page, 'a place of several events');

    await go(page, 'v=1');
    const actor = (await paintedIn(page, 'network', 'disc')).toSorted((a, b) => b.points[0].r - a.points[0].r)[0];
    await clickAt(page, 'network', actor.points[0]);
    await hashHas(page, 'actor=');
    await settled(page);
    await panel(page, 'List').locator('.event button').first().click();
    await hasClaims(page, 'an actor');

    await go(page, 'v=1');
    await panel(page, 'Network').getByText('As a table').click();
    await panel(page, 'Network').locator('.table button').first().click();
    await hashHas(page, 'link=');
    await settled(page);
    if ((await claims(page).count()) === 0) await panel(page, 'Evidence').locator('.event button').first().click();
    await hasClaims(page, 'a tie');
  });

  await check('every mark reaches its claims by two keys', async () => {
    const page = await open('v=1');
    for (const [name, fragment, label] of [
      ['Timeline', 'v=1', /20\d\d/],
      ['Timeline', 'v=1&lanes=publisher', /events?$/],
      ['Map', 'v=1', /^\d+ events/],
      ['Map', 'v=1&panel=map', /^\D/],
      ['Network', 'v=1', /\. \d+ events/],
    ]) {
      await go(page, fragment);
      await drawing(page, name).focus();
      const labelled = async () => label.test(await drawing(page, name).getAttribute('aria-label'));
      await page.keyboard.press('ArrowRight');
      for (let i = 0; i < 20 && !(await labelled()); i++) {
        await page.keyboard.press('ArrowRight');
        await frames(page);
      }
      if (/events/.test(String(label))) {
        await enterTwice(page, name);
      } else {
        await page.keyboard.press('Enter');
        await hasClaims(page, name);
      }
    }
  });

  await check('the events of a mark can be selected, and looked at closer', async () => {
    const page = await open('v=1');
    await clickCluster(page);
    await besideMark(page).getByRole('button', { name: 'Show only these' }).click();
    await hashHas(page, 'place=');
    await go(page, 'v=1&lanes=publisher');
    await drawing(page, 'Timeline').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await besideMark(page).locator('.event button:focus').waitFor();
    await page.keyboard.press('+');
    await hashHas(page, 'window=');
    equal('lists', await besideMark(page).count(), 0);
  });

  await check('a pointer that rests on a mark has its name, in each language, and nothing is drawn again', async () => {
    const language = { en: /Miami/, uk: /[а-яіїє]/, ar: /[\u0600-\u06ff]/ };
    for (const [code, letters] of Object.entries(language)) {
      const page = await open(`v=1&lang=${code}`);
      const titleAt = async (name, { x, y }) => {
        const canvas = page.locator(`.panel-${name} canvas`);
        await canvas.hover({ position: { x, y } });
        return until(
          `a name on the ${name}`,
          () => canvas.getAttribute('title'),
          (text) => !!text,
        );
      };
      const bar = (await paintedIn(page, 'timeline', 'rect')).find(
        ({ x, y, w, h }) => x > 5 && y > 30 && w > 3 && h > 3,
      );
      const before = await page.evaluate(() => globalThis.painted.timeline.length);
      const named = await titleAt('timeline', { x: bar.x + bar.w / 2, y: bar.y + bar.h / 2 });
      holds(`a bar: ${named}`, /20\d\d/.test(named) && (code === 'en' || letters.test(named)));
      equal('marks painted', await page.evaluate(() => globalThis.painted.timeline.length), before);

      const texts = await paintedIn(page, 'map', 'text');
      const number = texts.find(({ text }) => text === '5');
      holds('a mark of five', number);
      const of = await titleAt('map', number);
      holds(`a mark: ${of}`, of.includes('5') && (code === 'en' ? of === '5 events' : letters.test(of)));

      const [line] = (await paintedIn(page, 'network', 'line')).filter(({ points }) => points.length === 2);
      const [a, b] = line.points;
      const nodes = await paintedIn(page, 'network', 'disc');
      const free = [0.5, 0.4, 0.6, 0.3, 0.7]
        .map((part) => ({ x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y) }))
        .find(({ x, y }) => nodes.every(({ points: [at] }) => Math.hypot(at.x - x, at.y - y) > at.r + 5));
      holds('a line without an actor on it', free);
      const tie = await titleAt('network', free);
      holds(`a line: ${tie}`, / — /.test(tie) && /\d/.test(tie));
      await page.locator('.panel-network canvas').hover({ position: nodes[0].points[0] });
      await until(
        'the name of an actor',
        () => page.locator('.panel-network canvas').getAttribute('title'),
        (text) => !!text && !text.includes(' — '),
      );
    }
  });

  await checkUcdp('a row of a data set says which one it is, and what it cites', async () => {
    const query = '{timeline(filter: {sources: {documents: {min: 5}}}, first: 1) {nodes {id claims {nodes {'
      + 'dataset {name} cites {title url}}}}}}';
    const [event] = (await dataOf(await address('ucdp'), query)).timeline.nodes;
    const [claim] = event.claims.nodes;
    holds(`${claim.cites.length} cited`, claim.cites.length >= 5);
    const page = await open(`v=1&event=${event.id}`, { graph: 'ucdp' });
    const own = panel(page, 'Evidence').locator('.claim').first();
    equal('who says it', await own.locator('h5').innerText(), claim.dataset.name);
    equal('in the numbers', await page.locator('.statements').getByText(claim.dataset.name).count() > 0, true);
    await own.getByText(`cites ${claim.cites.length} documents`).click();
    const shown = await own.locator('.cites .source').allInnerTexts();
    equal('cited', shown.length, claim.cites.length);
    for (const { title } of claim.cites) holds(`no ${title}`, shown.some((text) => text.includes(title)));
  });

  await checkUcdp('a column, its list and what is selected with it have the same number', async () => {
    const page = await open('v=1', { graph: 'ucdp' });
    const canvas = drawing(page, 'Timeline');
    await canvas.focus();
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press('ArrowRight');
      await frames(page);
    }
    const label = await canvas.getAttribute('aria-label');
    const numbers = label.split('. ').at(-1).match(/\d+/g).map(Number);
    await page.keyboard.press('Enter');
    await besideMark(page).locator('.event').first().waitFor();
    const beside = Number(/\d+/.exec(await besideMark(page).locator('.several-actions .muted').first().innerText())[0]);
    equal(`events beside "${label}"`, beside, Math.max(...numbers));
    await besideMark(page).getByRole('button', { name: 'Show only these' }).click();
    await hashHas(page, 'time=known');
    await until(
      'the list',
      async () => Number(/\d+/.exec(await panel(page, 'List').locator('[aria-live]').innerText())?.[0]),
      (n) => n === beside,
    );
  });

  await checkUcdp('clusters and columns reach their claims in two clicks or keys', async () => {
    const page = await open('v=1', { graph: 'ucdp' });
    await clickCluster(page);
    await openListed(page, 'a cluster');
    await go(page, 'v=1');
    await drawing(page, 'Map').focus();
    await page.keyboard.press('ArrowRight');
    await enterTwice(page, 'a cluster');
    await go(page, 'v=1');
    await drawing(page, 'Timeline').focus();
    await page.keyboard.press('ArrowRight');
    await enterTwice(page, 'a column');
    await go(page, 'v=1');
    await clickCluster(page);
    await page.keyboard.press('+');
    await hashHas(page, 'map=');
  });
}
