import { settled } from './lab.mjs';
import { equal } from '../checks.mjs';
export const title = 'probe';
export default async function ({ check, open }) {
  for (const graph of ['sample', 'fictional', 'marks', 'ucdp'])
    await check(graph, async () => {
      const page = await open('v=1', { graph });
      console.log(graph, page.queries.map((q) => q.names.join('+')).join(' '));
      console.log(await page.locator('.panel-list p').first().textContent(), await page.evaluate(() => Object.entries(painted).map(([k, v]) => k + v.length).join()));
    });
}
