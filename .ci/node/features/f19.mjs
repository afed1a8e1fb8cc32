import { equal, until } from '../checks.mjs';
import { holds, item, listHas, panel, settled } from './lab.mjs';

export const title = 'from the binary alone, with the network off';

/** Loads the page's fonts, which a browser with Arabic letters of its own may not need, and returns how many it has. */
const loadFonts = (page) =>
  page.evaluate(async () => (await Promise.all([...document.fonts].map((font) => font.load()))).length);

export default async function ({ check, open, address }) {
  await check('every view, language, font and file comes from the server', async () => {
    const base = await address();
    const page = await open('v=1');
    const hosts = new Set();
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol.startsWith('http')) hosts.add(host);
    });
    await page.reload();
    await listHas(page, 39);
    for (const language of ['uk', 'ar', 'en']) {
      await page.locator('.top select').first().selectOption(language);
      await settled(page);
      if (language === 'ar') holds('no font of Arabic', (await loadFonts(page)) > 0);
    }
    await panel(page, 'Map').locator('canvas').press('+');
    await panel(page, 'List').locator('.event button').first().click();
    await until(
      'claims',
      () => page.locator('.claim').count(),
      (n) => n > 0,
    );
    await page.locator('.search input').fill('Odesa');
    await page.locator('.search').getByRole('option').first().waitFor();
    await item(page, 'Map', 'SVG');
    await settled(page);
    equal('hosts', [...hosts], [new URL(base).host]);
  });

  await check('the policy of the page allows no other server, and no inline code', async () => {
    for (const path of ['/explore', '/']) {
      const response = await fetch((await address()) + path);
      const policy = response.headers.get('content-security-policy') ?? '';
      const connect = /(?:connect-src|default-src) ([^;]*)/.exec(policy)?.[1] ?? '';
      holds(`${path}: ${policy}`, /'(self|none)'/.test(connect) && !/https?:/.test(connect));
      holds(`${path}: ${policy}`, !/unsafe-inline|unsafe-eval|\*/.test(policy));
    }
  });
}
