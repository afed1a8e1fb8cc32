import { equal, until } from '../checks.mjs';
import { go, holds, panel, settled } from './lab.mjs';

export const title = 'numbers by who states them';

const section = (page) => panel(page, 'Evidence').getByRole('region', { name: 'Numbers, by who states them' });

/** Returns each statement as who, what, and since when. */
async function statements(page) {
  await section(page).waitFor();
  return section(page)
    .locator('.statements li')
    .evaluateAll((all) =>
      all.map((each) => ({
        who: each.querySelector('.who').innerText.trim(),
        what: each.querySelector(':scope > bdi').innerText.trim(),
        bar: each.querySelectorAll('rect').length,
        times: each.querySelectorAll('time').length,
        tips: each.querySelectorAll('path').length,
        past: each.className === 'past',
      })),
    );
}

export default async function ({ check, checkUcdp, open }) {
  await check('at least, at most and about are words, each by who states it', async () => {
    const page = await open('v=1&event=event:toll', { graph: 'marks' });
    const found = await statements(page);
    const said = found.map(({ who, what }) => `${who}: ${what}`).sort();
    equal(
      'statements',
      said,
      ['Harbour Clinic: 7', 'Harbour Clinic: about 20', 'Press Office: at most 4', 'The Gazette: at least 9'].sort(),
    );
    for (const { what, bar, times, tips } of found) {
      equal(`${what}: intervals`, bar, 1);
      holds(`${what}: no time of knowledge`, times > 0);
      equal(`${what}: open ends`, tips, what.startsWith('at least') ? 1 : 0);
    }
    const all = await section(page).innerText();
    holds(`they differ, and nothing says so: ${all}`, all.includes('they differ'));
    holds('a single number', !/killed: \d+\s*$/m.test(all));
  });

  await check('that all agree is said, and the number is still of those who state it', async () => {
    const page = await open('v=1&event=event:toll-agreed', { graph: 'marks' });
    const found = await statements(page);
    const said = found.map(({ who, what }) => `${who}: ${what}`).sort();
    equal('statements', said, ['Harbour Clinic: 3', 'The Gazette: 3']);
    const all = await section(page).innerText();
    holds(`they agree, and nothing says so: ${all}`, all.includes('all agree') && !all.includes('they differ'));
  });

  await check('participants show the side that the numbers name', async () => {
    const page = await open('v=1&event=event:war');
    const own = panel(page, 'Evidence').getByRole('list', { name: 'Participants' }).locator('li');
    await until(
      'participants',
      () => own.count(),
      (count) => count > 1,
    );
    for (const [name, side] of [
      ['Russia', 'of side A'],
      ['Ukraine', 'of side B'],
    ]) {
      const texts = await own.filter({ hasText: name }).allTextContents();
      holds(`${name}: ${texts}`, texts.length === 1 && texts[0].includes(side));
    }
  });

  await check('a single voice does not agree with anybody', async () => {
    const page = await open('v=1&event=event:strait-war', { graph: 'fictional' });
    await until(
      'the number',
      () => page.locator('.statements li').count(),
      (count) => count > 0,
    );
    const text = await section(page).innerText();
    holds(text, text.includes('killed: about 130') && !text.includes('agree'));
  });

  await check('over the time of knowledge: what was stated, and what it became', async () => {
    const page = await open('v=1&event=event:port-ledda-strike', { graph: 'fictional' });
    const now = await statements(page);
    holds(
      'no former number',
      now.some(({ past, times }) => past && times === 2),
    );
    holds('no further voice', new Set(now.map(({ who }) => who)).size > 2);
    await go(page, 'v=1&event=event:port-ledda-strike&known=2031-03-12');
    const then = await until(
      'the numbers of that day',
      () => statements(page),
      (found) => found.length < now.length,
    );
    holds(
      'at least nine, as first said',
      then.some(({ what, past }) => what === 'at least 9' && !past),
    );
  });

  await check('one axis for all', async () => {
    const page = await open('v=1&event=event:toll', { graph: 'marks' });
    await section(page).waitFor();
    await settled(page);
    const ends = await section(page)
      .locator('.statements svg')
      .evaluateAll((all) =>
        all.map((each) =>
          [each.getBoundingClientRect().left, each.getBoundingClientRect().width].map(Math.round).join(),
        ),
      );
    equal('axes', new Set(ends).size, 1);
    const starts = await section(page)
      .locator('.statements li')
      .evaluateAll((all) =>
        all.map((each) => [
          each.querySelector(':scope > bdi').innerText,
          Number(each.querySelector('rect').getAttribute('x')),
          Number(each.querySelector('circle')?.getAttribute('cx') ?? each.querySelector('rect').getAttribute('x')),
        ]),
      );
    const at = (text) => starts.find(([what]) => what === text);
    holds(
      `in order: ${JSON.stringify(starts)}`,
      at('7')[2] < at('at least 9')[1] && at('at least 9')[1] < at('about 20')[2],
    );
  });

  await checkUcdp('low, best and high of a row', async () => {
    const page = await open('v=1&category=ASSAULT', { graph: 'ucdp' });
    await settled(page);
    await panel(page, 'List').locator('.event button').first().click();
    const found = await statements(page);
    holds('no number', found.length > 0 && found.every(({ who, what }) => who !== '' && what !== ''));
  });
}
