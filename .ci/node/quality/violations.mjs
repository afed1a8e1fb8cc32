// Violations of accessibility rules that axe finds in a page.
import { readFile } from 'node:fs/promises';

const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** Returns a line for each element that violates a rule of axe, also of those that only recommend. */
export async function violationsOf(page) {
  // The policy of the page does not apply to what the browser's protocol evaluates.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    resultTypes: ['violations'], rules: { 'target-size': { enabled: true } },
  }));
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, html, failureSummary }) =>
      `${id} (${impact}): ${target.join(' ')} ${html.slice(0, 160)} ${failureSummary.replaceAll('\n', ' ')}`));
}
