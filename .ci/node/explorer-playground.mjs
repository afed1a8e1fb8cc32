// Opens the queries behind the explorer's panels in the playground: node explorer-playground.mjs BASE_URL
import { check, finish, launch, timeout, until } from './checks.mjs';
import { keepTo, openPage } from './pages.mjs';

const base = process.argv[2]?.replace(/\/+$/, '');
if (!base) {
  console.error('usage: node explorer-playground.mjs BASE_URL');
  process.exit(2);
}
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
context.setDefaultTimeout(timeout);
await keepTo(context, new URL(base).origin);

await check('the queries behind each panel run in the playground', async () => {
  const page = await openPage(context, `${base}/explore#v=1&event=event:miami-talks-2025-12-20`);
  await until('the claims', () => page.locator('.claim').count(), (n) => n === 3);
  for (const panel of ['timeline', 'map', 'network', 'list', 'evidence']) {
    await page.locator(`.panel-${panel} .menu summary`).click();
    const links = page.locator(`.panel-${panel} .menu a[href^="playground#"]`);
    await until(`the queries of the ${panel}`, () => links.count(), (n) => n > 0); // the menu is filled when it opens
    const addresses = await links.evaluateAll((all) => all.map((link) => link.href));
    await page.keyboard.press('Escape');
    for (const address of addresses) {
      const playground = await openPage(context, address);
      const line = playground.locator('.graphiql-query-editor .view-line');
      await until('the query on lines', () => line.count(), (lines) => lines > 5);
      const answered = playground.waitForResponse((response) =>
        response.url() === `${base}/graphql` && !response.request().postData().includes('FillExamples') &&
        !response.request().postData().includes('IntrospectionQuery'));
      await playground.getByRole('button', { name: /^Execute query/ }).click();
      const answer = await (await answered).json();
      if (answer.errors || !answer.data) throw new Error(`${panel}: ${JSON.stringify(answer).slice(0, 300)}`);
      await playground.close();
    }
  }
  await page.close();
});

await browser.close();
finish('explorer, in the playground');
