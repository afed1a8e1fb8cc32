import { equal, until } from '../checks.mjs';
import { paintedIn } from './drawings.mjs';
import { dataOf, go, hashHas, holds, panel } from './lab.mjs';

export const title = "the reader's time zone";

const zones = ['Europe/Kyiv', 'America/New_York', 'Pacific/Kiritimati'];

/** Returns the day, in words, of which a midnight is the end; undefined for another moment. */
function dayBefore(instant) {
  const [year, month, date] = new Date(Date.parse(instant) - 1).toISOString().slice(0, 10).split('-').map(Number);
  const named = { 2: 'February', 3: 'March', 4: 'April', 8: 'August', 9: 'September', 12: 'December' }[month];
  return instant.includes('T00:00:00') ? `${named} ${date}, ${year}` : undefined;
}

export default async function ({ check, open, address }) {
  await check('a day is the same day everywhere', async () => {
    const seen = [];
    for (const timezoneId of zones) {
      const page = await open('v=1', { timezoneId });
      const times = await page.locator('.panel-list time').allTextContents();
      const bars = (await paintedIn(page, 'timeline')).map(({ kind, x, text }) => [kind, x, text]);
      await go(page, 'v=1&from=2025-12-20&to=2025-12-21');
      const chips = await page.locator('.chips').innerText();
      const titles = await page.locator('.panel-list .title').allTextContents();
      await go(page, 'v=1&known=2025-12-20');
      const known = await page.getByRole('textbox', { name: 'Known on' }).inputValue();
      seen.push({ times, bars, chips, titles, known });
    }
    const [kyiv, ...others] = seen;
    equal('the day of knowledge', kyiv.known, '2025-12-20');
    holds('a day', kyiv.times.includes('December 20, 2025'));
    for (const other of others) equal('what is seen elsewhere', other, kyiv);
  });

  await check('a day of knowledge is the same day everywhere', async () => {
    const asked = 'changes(knownFrom: "2025-12-18", knownTo: "2025-12-20") {nodes {at}}';
    const { changes } = await dataOf(await address('sample'), `{${asked}}`);
    const history = '{event(id: "event:toll") {tollHistory {knownFrom knownTo}}}';
    const { event } = await dataOf(await address('marks'), history);
    const moments = event.tollHistory.flatMap(({ knownFrom, knownTo }) => [knownFrom, ...(knownTo ? [knownTo] : [])]);
    for (const timezoneId of zones) {
      const page = await open('v=1&since=2025-12-18&known=2025-12-20', { timezoneId });
      const headings = page.locator('.changes h4 time');
      const days = [...new Set(changes.nodes.map(({ at }) => dayBefore(at)))];
      holds(`days ${days}`, days.length > 0 && !days.includes(undefined));
      equal('days of changes', await headings.allTextContents(), days);
      const other = await open('v=1&event=event:toll', { graph: 'marks', timezoneId });
      const times = other.locator('.statements time');
      await until('the numbers', () => times.count(), (n) => n === moments.length);
      const shown = await times.allTextContents();
      const midnights = moments.map(dayBefore).filter(Boolean);
      holds('no number of a day', midnights.length > 0);
      equal('days of numbers', shown.filter((text) => midnights.includes(text)).sort(), midnights.sort());
    }
  });

  await check("a moment is in the reader's zone, by its name", async () => {
    const at = async (timezoneId) => {
      const page = await open(`v=1&text=${encodeURIComponent('Time: instant')}`, { graph: 'marks', timezoneId });
      return page.locator('.panel-list time').first().innerText();
    };
    const [kyiv, newYork] = [await at('Europe/Kyiv'), await at('America/New_York')];
    holds(kyiv, /March 7, 2024.*12:30\s*AM.*(GMT\+2|EET)/.test(kyiv));
    holds(newYork, /March 6, 2024.*0?5:30\s*PM.*(EST|GMT-5)/.test(newYork));
  });

  await check('a day that is chosen is that day in the address', async () => {
    for (const timezoneId of zones) {
      const page = await open('v=1', { timezoneId });
      await page.getByRole('textbox', { name: 'Known on' }).fill('2025-12-20');
      await hashHas(page, 'known=2025-12-20');
      await panel(page, 'Evidence').waitFor();
      await page.getByRole('textbox', { name: 'Compare with' }).fill('2025-12-19');
      await until(
        'the day',
        () => page.getByRole('textbox', { name: 'Compare with' }).inputValue(),
        (day) => day === '2025-12-19',
      );
      await hashHas(page, 'since=2025-12-19');
    }
  });
}
