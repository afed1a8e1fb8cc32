import { equal, until } from '../checks.mjs';
import { clickAt, paintedIn } from './drawings.mjs';
import { drawing, go, hashHas, holds, panel, settled } from './lab.mjs';

export const title = 'evidence in columns, two clicks from every mark';

const claims = (page) => panel(page, 'Evidence').locator('.claim');

async function hasClaims(page, mark) {
  await until(
    `claims of ${mark}`,
    () => claims(page).count(),
    (n) => n > 0,
  );
}

/** Opens the first event of the list, as the second click after one on a mark of several events. */
async function openListed(page, mark) {
  await settled(page);
  await panel(page, 'List').locator('.event button').first().click();
  await hasClaims(page, mark);
}

export default async function ({ check, open }) {
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
    await hashHas(page, 'from=');
    await openListed(page, 'a column');

    await go(page, 'v=1');
    for (const several of [false, true]) {
      await go(page, several ? 'v=1' : 'v=1&event=');
      const discs = await paintedIn(page, 'map', 'disc');
      const texts = await paintedIn(page, 'map', 'text');
      const at = (mark) => texts.find(({ x, y }) => Math.hypot(x - mark.points[0].x, y - mark.points[0].y) < 2)?.text;
      const found = discs.findLast((each) => several === /^\d+$/.test(at(each) ?? ''));
      await clickAt(page, 'map', found.points[0]);
      if (several) await openListed(page, 'a place of several events');
      else await hasClaims(page, 'a place of one event');
    }

    await go(page, 'v=1');
    const actor = (await paintedIn(page, 'network', 'disc')).toSorted((a, b) => b.points[0].r - a.points[0].r)[0];
    await clickAt(page, 'network', actor.points[0]);
    await hashHas(page, 'actor=');
    await openListed(page, 'an actor');

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
    for (const name of ['Timeline', 'Map']) {
      await go(page, 'v=1');
      await drawing(page, name).focus();
      await page.keyboard.press('ArrowRight');
      // The largest places come first, those of one event last.
      if (name === 'Map') await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await settled(page);
      if ((await claims(page).count()) > 0) continue;
      const row = panel(page, 'List').locator('.event button').first();
      await row.focus();
      await page.keyboard.press('Enter');
      await hasClaims(page, name);
    }
  });
}
