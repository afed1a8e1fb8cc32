import { equal, until } from '../checks.mjs';
import { paintedIn } from './drawings.mjs';
import { dataOf, hashHas, holds, panel, settled } from './lab.mjs';

export const title = 'the difference of two moments';

export default async function ({ check, open, address }) {
  await check('a list of the changes with the claims that made them', async () => {
    const page = await open('v=1&since=2025-12-19');
    await until(
      'the changes',
      () => page.locator('.changes .event').count(),
      (n) => n > 10,
    );
    equal('signs', await page.locator('.knowledge .legend li').allTextContents(), ['+ new', '− gone', '△ changed']);
    equal('the first', await page.locator('.changes .event .badge').first().textContent(), '+ new');
    const rows = page.locator('.changes .event');
    const without = await rows.evaluateAll((all) => all.filter((row) => !row.querySelector('.because li')).length);
    equal('changes without a claim', without, 0);
    const bare = (all) => all.filter((row) => !row.querySelector('q, cite')).map((row) => row.textContent);
    equal('claims without words or a document', await page.locator('.because li').evaluateAll(bare), []);
    const before = (all) =>
      all.map((row) => {
        const nodes = [...row.childNodes];
        const voices = nodes.slice(0, nodes.indexOf(row.querySelector('.badge')));
        return voices.map(({ textContent }) => textContent).join('').trim();
      });
    const ends = (await page.locator('.because li').evaluateAll(before)).map((text) => text.slice(-1));
    equal('between the voices and what they do', [...new Set(ends)], [':']);
    holds(
      'it is asked from changes',
      page.queries.some(({ text }) => /changes\(/.test(text)),
    );
    await page.locator('.changes .title').first().click();
    await until(
      'its claims',
      () => page.locator('.claim').count(),
      (n) => n > 0,
    );
    await page.goBack();
    await page.getByRole('textbox', { name: 'Compare with' }).fill('2025-12-20');
    await hashHas(page, 'since=2025-12-20');
    await page.getByLabel('Stop comparing').click();
    await until(
      'no changes',
      () => page.locator('.changes').count(),
      (n) => n === 0,
    );
  });

  await check('new, gone and changed in all views', async () => {
    const page = await open('v=1&since=2031-03-10&known=2031-04-10', { graph: 'fictional' });
    await until(
      'the changes',
      () => page.locator('.changes .event').count(),
      (n) => n > 5,
    );
    const plain = await open('v=1&known=2031-04-10', { graph: 'fictional' });
    for (const view of ['timeline', 'map', 'network']) {
      const colours = async (own) =>
        new Set((await paintedIn(own, view)).flatMap(({ stroke, fill }) => [stroke, fill]));
      const without = await colours(plain);
      const added = [...(await colours(page))].filter((colour) => !without.has(colour));
      holds(`the ${view} marks no difference`, added.length > 0);
    }
    const listed = await page.locator('.panel-list .event .badge').allTextContents();
    for (const word of ['new', 'changed']) {
      holds(
        `the list has no ${word}: ${listed}`,
        listed.some((text) => text.includes(word)),
      );
    }
    await panel(page, 'Timeline').getByText('As a table').click();
    const words = await panel(page, 'Timeline').locator('.table .badge').allTextContents();
    holds(
      'the table has no words for it',
      words.some((text) => text.includes('new')),
    );
  });

  await check(
    'new claims that change nothing else are marked in each view, as the list of changes has them',
    async () => {
      const page = await open('v=1&since=2025-12-20');
      const titles = async (rows) => (await rows.allTextContents()).map((text) => text.trim()).sort();
      const named = page.locator('.changes .event .title');
      await until(
        'the changes',
        () => named.count(),
        (n) => n > 0,
      );
      await settled(page);
      const wanted = await titles(named);
      equal('changes', wanted.length, 5);
      const signs = await page.locator('.changes .event .event-facts').allTextContents();
      holds(
        `all are changed: ${signs}`,
        signs.every((text) => text.includes('△')),
      );
      const differs = { has: page.locator('.badge', { hasText: '△' }) };
      equal('the list', await titles(page.locator('.panel-list .event').filter(differs).locator('.title')), wanted);
      for (const name of ['Timeline', 'Map']) await panel(page, name).getByText('As a table').click();
      const rows = panel(page, 'Timeline').locator('.table tr');
      equal('the timeline', await titles(rows.filter(differs).locator('button')), wanted);
      const places = await panel(page, 'Map').locator('.table button > bdi').allTextContents();
      holds(
        `places: ${places}`,
        places.some((text) => text.endsWith('. changed')),
      );
      for (const text of places.filter((each) => !/^\d+ event/.test(each))) {
        equal(text, text.endsWith('. changed'), wanted.includes(text.replace(/\. changed$/, '')));
      }
      await panel(page, 'Network').getByText('As a table').click();
      const ties = panel(page, 'Network').locator('.table tr');
      const marked = await ties.filter(differs).locator('button').allTextContents();
      const met = await pairsOf(await address(), wanted);
      const drawn = (await ties.locator('button').allTextContents()).map(pairOf);
      equal('the network', marked.map(pairOf).sort(), met.filter((pair) => drawn.includes(pair)).sort());
      holds(`ties of changed events: ${met}`, marked.length > 0);
    },
  );

  await check('another filter asks once for the network of what changed', async () => {
    const page = await open('v=1&since=2025-12-19');
    await panel(page, 'List').locator('summary').filter({ hasText: 'Filters' }).click();
    await settled(page);
    const before = page.queries.length;
    await panel(page, 'List').getByRole('button', { name: /Assault/ }).click();
    await settled(page);
    const asked = page.queries.slice(before).filter(({ text }) => text.includes('"ids":['));
    equal('requests', asked.length, 1);
  });

  await check('what was taken back is gone', async () => {
    const page = await open('v=1&since=2031-03-12&known=2031-03-15&event=', { graph: 'fictional' });
    const gone = page.locator('.changes .event').filter({ hasText: 'Second explosion' });
    await gone.waitFor();
    holds('it is not said to be gone', (await gone.locator('.badge').first().textContent()).includes('gone'));
    const dashed = (await paintedIn(page, 'timeline', 'frame')).filter(({ dash }) => dash);
    holds('no dashed frame where it was', dashed.length > 0);
  });

  await check('it prints', async () => {
    const page = await open('v=1&since=2025-12-19&category=ASSAULT');
    await until(
      'the changes',
      () => page.locator('.changes .event').count(),
      (n) => n > 3,
    );
    await settled(page);
    await page.emulateMedia({ media: 'print' });
    equal('top bar', await page.locator('.top').isVisible(), false);
    for (const part of ['.changes', '.panel-timeline canvas', '.panel-list .event']) {
      equal(part, await page.locator(part).first().isVisible(), true);
    }
    const cut = await page.locator('.panel-evidence').evaluate((own) => own.scrollHeight > own.clientHeight + 1);
    equal('cut off on paper', cut, false);
    const text = await page.locator('.credit').innerText();
    holds(
      text,
      /Category: Assault.*known on.*compared with December 19, 2025/s.test(text) && text.includes('/explore#v=1'),
    );
    const pdf = await page.pdf({ format: 'A4' });
    holds(`${pdf.length} bytes of PDF`, pdf.length > 20_000);
  });
}

/** Returns the names of a tie's two actors, in the order of the alphabet. */
function pairOf(text) {
  return text.split(' — ').sort().join(' — ');
}

/** Returns the pairs of actors who took part in events with these titles, of events that make ties. */
async function pairsOf(base, titles) {
  const query = `{ timeline(first: 200) { nodes {
    label(languages: "en") { value } modality status parts(first: 1) { totalCount }
    participants { status actor { id label(languages: "en") { value } } } } } }`;
  const { timeline } = await dataOf(base, query);
  const pairs = new Set();
  for (const { label, modality, status, parts, participants } of timeline.nodes) {
    if (!titles.includes(label.value) || parts.totalCount > 0 || !['OCCURRED', 'ONGOING'].includes(modality)) continue;
    if (['DENIED', 'RETRACTED'].includes(status)) continue;
    const actors = participants.filter((each) => each.status !== 'DENIED').map(({ actor }) => actor);
    for (const a of actors) {
      for (const b of actors) if (a.id !== b.id) pairs.add(pairOf(`${a.label.value} — ${b.label.value}`));
    }
  }
  return [...pairs];
}
