import { equal, until } from '../checks.mjs';
import { dataOf, go, hashHas, hashOf, holds, listed, listHas, panel, settled } from './lab.mjs';

export const title = 'search in any script, and pickers';

const box = (page) => page.locator('.search input');
const options = (page) => page.locator('.search').getByRole('option');

export default async function ({ check, open, address }) {
  await check('one person in three scripts', async () => {
    const page = await open('v=1');
    for (const name of ['Зеленський', 'Zelensky', 'زيلينسكي']) {
      await go(page, 'v=1');
      await box(page).fill('');
      await box(page).pressSequentially(name);
      const person = options(page)
        .filter({ hasText: /^actor/ })
        .filter({ hasText: 'Zelensky' });
      await until(
        `suggestions for ${name}`,
        () => person.count(),
        (n) => n > 0,
      );
      await person.first().click();
      await hashHas(page, 'actor=actor:zelensky');
      await listHas(page, (n) => n > 0 && n < 39);
      await page.goBack();
      await listHas(page, 39);
    }
  });

  await check('by keys alone, as it is typed', async () => {
    const page = await open('v=1');
    await box(page).focus();
    await page.keyboard.type('Zelen');
    await until(
      'suggestions',
      () => options(page).count(),
      (n) => n > 0,
    );
    await page.keyboard.press('ArrowDown');
    const active = await box(page).getAttribute('aria-activedescendant');
    equal('the active one', await page.locator(`[id="${active}"]`).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Enter');
    await until(
      'what was chosen',
      () => hashOf(page),
      (hash) => /(actor|place|event)=/.test(hash),
    );
    await settled(page); // the focus is where the choice leads
    await box(page).fill('zzzzqqqq');
    await page.locator('.search-none').waitFor();
    await page.keyboard.press('Escape');
  });

  await check('pickers for actors, places, categories, events and more', async () => {
    const page = await open('v=1');
    const all = await listed(page);
    const suggested = async (words, kind) => {
      await box(page).fill(words);
      await options(page).filter({ hasText: kind }).first().click();
      await settled(page);
    };
    await suggested('Odesa', 'place');
    await hashHas(page, 'place=');
    holds('a place filters', (await listed(page)) < all);
    await go(page, 'v=1');
    await suggested('Miami', 'event');
    await hashHas(page, 'event=event:');
    await go(page, 'v=1');
    await panel(page, 'List').locator('summary').filter({ hasText: 'Filters' }).click();
    for (const [group, parameter] of [
      ['Category', 'category='],
      ['Status', 'status='],
      ['Actor', 'actor='],
      ['Country', 'country='],
      ['Publisher', 'publisher='],
    ]) {
      await go(page, 'v=1');
      const own = panel(page, 'List').getByRole('group', { name: group });
      if (!(await own.isVisible()))
        await panel(page, 'List').locator('summary').filter({ hasText: 'Filters' }).click();
      await own.getByRole('button').first().click();
      await hashHas(page, parameter);
      equal('chips', await page.locator('.chips .chip').count(), 1);
      const chip = page.locator('.chips .chip');
      await until(
        'a name',
        () => chip.innerText(),
        (text) => !/(actor|location|event):/.test(text),
      );
    }
  });

  await check('on what sources disagree: the picker counts and filters', async () => {
    const graph = 'fictional';
    const page = await open('v=1', { graph });
    await panel(page, 'List').locator('summary').filter({ hasText: 'Filters' }).click();
    const own = panel(page, 'List').getByRole('group', { name: 'Sources disagree' });
    const zeros = own.getByRole('button').filter({ hasText: /\s0\s*$/ });
    await own.getByRole('button').first().waitFor();
    for (const zero of await zeros.all()) {
      equal('a value without events', await zero.getAttribute('aria-disabled'), 'true');
      await zero.click({ force: true });
      equal('pressed', await zero.getAttribute('aria-pressed'), 'false');
    }
    holds('no value without events', (await zeros.count()) > 0);
    await own.getByRole('button', { name: 'on numbers' }).click();
    await hashHas(page, 'disagreement=FIGURES');
    await settled(page);
    const { timeline } = await dataOf(await address(graph), '{timeline(first: 100) {nodes {disagreements {aspect}}}}');
    const aspects = timeline.nodes.map(({ disagreements }) => disagreements.map(({ aspect }) => aspect));
    const among = (aspect) => aspects.filter((each) => each.includes(aspect)).length;
    holds('no disagreement on numbers', among('FIGURES') > 0);
    await listHas(page, among('FIGURES'));
    equal('chip', await page.locator('.chips .chip > span').allTextContents(), ['Sources disagree', 'on numbers']);
    const shown = await own.getByRole('button').allInnerTexts();
    const names = {
      OCCURRENCE: 'whether it happened',
      TIME: 'on the time',
      PLACE: 'on the place',
      PARTICIPATION: 'on who took part',
      FIGURES: 'on numbers',
      CHARACTERIZATION: 'on what to call it',
    };
    equal(
      'counts',
      shown.map((text) => text.trim()),
      Object.entries(names).map(([aspect, name]) => `${name} ${among(aspect)}`),
    );
  });

  await check('there is never an id to type, nor one to read', async () => {
    const page = await open('v=1&actor=actor:zelensky');
    const inputs = await page.locator('input').evaluateAll((all) => all.map(({ type }) => type));
    equal('inputs', [...new Set(inputs)].sort(), ['date', 'range', 'search']);
    await until(
      'names',
      () => page.locator('.chips').innerText(),
      (text) => !text.includes('actor:'),
    );
    equal(
      'ids',
      (await page.locator('main').innerText()).match(/\b(actor|location|event|document|claim):\w+/g) ?? [],
      [],
    );
  });
}
