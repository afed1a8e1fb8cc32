import { equal, until } from '../checks.mjs';
import { go, hashHas, holds, panel, settled } from './lab.mjs';

export const title = 'how two actors are connected';

const ladders = (page) => panel(page, 'Evidence').locator('.ladder');

async function pick(page, words, name) {
  await page.locator('.search input').fill(words);
  await page
    .locator('.search')
    .getByRole('option')
    .filter({ hasText: name })
    .filter({ hasText: 'actor' })
    .first()
    .click();
  await settled(page);
}

export default async function ({ check, open }) {
  await check('two chosen people, a ladder with the evidence of each hop', async () => {
    const page = await open('v=1');
    await pick(page, 'Kushner', 'Kushner');
    await pick(page, 'Putin', 'Putin');
    const hint = await panel(page, 'Evidence').innerText();
    holds(hint, hint.includes('Choose an event') && !hint.includes('two actors'));
    await page.getByRole('button', { name: 'How are they connected?' }).click();
    await until(
      'paths',
      () => ladders(page).count(),
      (n) => n > 0,
    );
    const ladder = ladders(page).first();
    const rungs = ladder.locator('.rung');
    const names = await rungs.locator('strong').allTextContents();
    holds(`from ${names[0]} to ${names.at(-1)}`, /Kushner/.test(names[0]) && /Putin/.test(names.at(-1)));
    const steps = ladder.locator('.step');
    equal('steps', await steps.count(), names.length - 1);
    for (let i = 0; i < names.length - 1; i++) {
      holds(`step ${i} has no evidence`, (await steps.nth(i).locator('.hop-claims li').count()) > 0);
    }
    const translations = ladder.locator('.hop-claims .translation[lang=en]');
    holds('no translation of the words', (await translations.count()) > 0);
    const roles = await ladder.locator('.step .event-facts').allTextContents();
    holds(`a role twice: ${roles}`, !roles.some((facts) => /(participant|speaker|recipient) – \1/.test(facts)));
    const tops = await rungs.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
    equal(
      'downwards',
      tops,
      tops.toSorted((a, b) => a - b),
    );
    await ladder.locator('.step .title').first().click();
    await until(
      'the claims of the event',
      () => page.locator('.claim').count(),
      (n) => n > 0,
    );
  });

  await check('avoiding somebody, in the order of time, and by roles', async () => {
    const page = await open('v=1&path=actor:kushner&path=actor:putin');
    await until(
      'paths',
      () => ladders(page).count(),
      (n) => n > 0,
    );
    const texts = () => ladders(page).allTextContents();
    const all = await texts();
    const avoid = ladders(page).getByRole('button', { name: 'avoid' }).first();
    const name = await avoid.locator('xpath=..').locator('strong').innerText();
    await avoid.click();
    await hashHas(page, 'avoid=actor:');
    await until(`paths without ${name}`, texts, (found) => !found.some((text) => text.includes(name)));
    await panel(page, 'Evidence')
      .getByRole('button', { name: /^without/ })
      .click();
    await until('all paths again', texts, (found) => found.join() === all.join());

    await panel(page, 'Evidence').getByText('in the order of time').click();
    await hashHas(page, 'order=time');
    await settled(page);
    equal(
      'the order is asked for',
      page.queries.at(-1).text.includes('"timeRespecting":true') ||
        /timeRespecting":true/.test(page.queries.at(-1).text),
      true,
    );
    await go(page, 'v=1&path=actor:kushner&path=actor:putin');
    await panel(page, 'Evidence').getByText('Only in these roles').click();
    await panel(page, 'Evidence').getByRole('checkbox', { name: 'host' }).check();
    await hashHas(page, 'role=HOST');
    await settled(page);
    holds('other paths', (await texts()).join() !== all.join());
  });

  await check('in the order of time, no hop begins before the one above', async () => {
    const page = await open('v=1&path=actor:quellan&path=actor:strummet&order=time', { graph: 'fictional' });
    await settled(page);
    const found = await ladders(page).count();
    if (found === 0)
      await panel(page, 'Evidence')
        .getByText(/There is no path within \d hops/)
        .waitFor();
    for (let i = 0; i < found; i++) {
      const times = await ladders(page)
        .nth(i)
        .locator('.step .event-facts time')
        .evaluateAll((all) => all.map(({ title }) => title));
      const starts = times.map((text) => text.replace(/^\[/, '').slice(0, 10));
      equal('starts', starts, starts.toSorted());
    }
  });

  await check('that there is no path is said, with the number of hops', async () => {
    const page = await open('v=1&path=actor:hermit&path=actor:north', { graph: 'marks' });
    await panel(page, 'Evidence').getByText('There is no path within 4 hops.').waitFor();
    equal('ladders', await ladders(page).count(), 0);
  });
}
