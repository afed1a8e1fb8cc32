// Tests the bookmarklet on pages of other origins, and pages that misuse the inbox.
import { createServer } from 'node:http';
import { check, equal } from '../checks.mjs';

const text = 'The ferry did not sail on Monday, the union said.';
const body = `<!doctype html><html lang="en"><title>Ferry &amp; union</title><meta property="og:site_name"
  content="Astel Post"><p id="words">${text}</p>`;

/** A page that opens the inbox by itself and sends it much. */
const hostile = (inbox) => `<!doctype html><title>Win</title><button>Go</button><script>
  document.querySelector('button').onclick = () => {
    const tab = open(${JSON.stringify(inbox)}, '_blank');
    let sent = 0;
    setInterval(() => {
      if (sent++ < 200) tab.postMessage({ type: 'casus-article', content: 'Forged ' + sent, title: 'Forged',
        address: 'https://trusted.example/a' }, '*');
    }, 20);
  };
</script>`;

const huge = (inbox) => `<!doctype html><title>Huge</title><button>Go</button><script>
  document.querySelector('button').onclick = () => {
    const tab = open(${JSON.stringify(inbox)}, '_blank');
    setInterval(() => tab.postMessage({ type: 'casus-article', content: 'x'.repeat(9 << 20) }, '*'), 500);
  };
</script>`;

/** Starts a server of pages by path, some with a policy. */
async function startPages(pages) {
  const server = createServer((request, response) => {
    const { html, headers = {} } = pages[request.url] ?? { html: '' };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://localhost:${server.address().port}`, close: () => server.close() };
}

export async function tryBookmarklet({ browser, base, writeToken }) {
  const inbox = `${base}/inbox`;
  const strict = { 'Content-Security-Policy': "default-src 'none'" };
  const pages = await startPages({
    '/plain': { html: body },
    '/strict': { html: body, headers: strict },
    '/severed': { html: body, headers: { 'Cross-Origin-Opener-Policy': 'same-origin' } },
    '/hostile': { html: hostile(inbox) },
    '/huge': { html: huge(inbox) },
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(30_000);
  const signIn = await context.newPage();
  await signIn.goto(`${base}/healthz`);
  await signIn.evaluate((token) => fetch('/session', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }),
  }).then(() => undefined), writeToken);
  await signIn.goto(inbox);
  const address = await signIn.locator('a.bookmarklet').getAttribute('href');
  await signIn.close();

  /** Returns the inbox that something opens. */
  const openedBy = async (page, act) => {
    const [tab] = await Promise.all([context.waitForEvent('page'), act(page)]);
    await tab.waitForLoadState();
    return tab;
  };
  const offered = (tab) => tab.locator('.received');
  const filled = (tab) => tab.locator('textarea').first().inputValue();

  // Chromium runs a bookmark's javascript: address as the browser's own navigation, which a page's policy does not
  // govern. Page.navigate of its protocol takes the same way; a link in the page does not.
  for (const path of ['/plain', '/strict']) {
    await check(`the bookmarklet on ${path} hands the page over, and a person accepts`, async () => {
      const page = await context.newPage();
      await page.goto(pages.origin + path);
      const protocol = await context.newCDPSession(page);
      const tab = await openedBy(page, () => protocol.send('Page.navigate', { url: address }).catch(() => undefined));
      await offered(tab).waitFor();
      const shown = await offered(tab).textContent();
      for (const part of [pages.origin, 'Ferry & union', 'characters of HTML']) {
        if (!shown.includes(part)) throw new Error(`${part} is not in ${shown}`);
      }
      equal('before it is accepted', await filled(tab), '');
      await tab.getByRole('button', { name: 'Accept', exact: true }).click();
      if (!(await filled(tab)).includes(text)) throw new Error(await filled(tab));
      equal('the address', await tab.getByLabel('Address').inputValue(), `${pages.origin}${path}`);
      equal('the publisher', await tab.getByLabel('Publisher').inputValue(), 'Astel Post');
      await tab.close();
      await page.close();
    });
  }

  await check('a selection is handed over as text', async () => {
    const page = await context.newPage();
    await page.goto(`${pages.origin}/strict`);
    await page.evaluate(() => getSelection().selectAllChildren(document.querySelector('#words')));
    const protocol = await context.newCDPSession(page);
    const tab = await openedBy(page, () => protocol.send('Page.navigate', { url: address }).catch(() => undefined));
    await tab.getByRole('button', { name: 'Accept', exact: true }).click();
    equal('the text', await filled(tab), text);
    await tab.close();
    await page.close();
  });

  await check('a page that severs its windows hands nothing over', async () => {
    const page = await context.newPage();
    await page.goto(`${pages.origin}/severed`);
    const protocol = await context.newCDPSession(page);
    const tab = await openedBy(page, () => protocol.send('Page.navigate', { url: address }).catch(() => undefined));
    await tab.locator('textarea').first().waitFor();
    await tab.waitForTimeout(1000);
    equal('offers', await offered(tab).count(), 0);
    await tab.close();
    await page.close();
  });

  await check('a hostile page enters nothing, and overwrites nothing that was accepted', async () => {
    const page = await context.newPage();
    await page.goto(`${pages.origin}/hostile`);
    const requests = [];
    const tab = await openedBy(page, () => page.getByRole('button').click());
    tab.on('request', (request) => requests.push(request.url()));
    await offered(tab).waitFor();
    await tab.waitForTimeout(1500);
    equal('the form', await filled(tab), '');
    if ((await offered(tab).textContent()).includes('trusted.example')) throw new Error('it speaks for another origin');
    equal('offers', await offered(tab).count(), 1);
    await tab.getByRole('button', { name: 'Accept', exact: true }).click();
    const accepted = await filled(tab);
    await tab.waitForTimeout(1500);
    equal('after more messages', await filled(tab), accepted);
    equal('offers after more messages', await offered(tab).count(), 0);
    equal('the address', await tab.getByLabel('Address').inputValue(), '');
    equal('requests', requests.filter((each) => each.includes('/proposals')), []);
    await tab.close();
    await page.close();
  });

  await check('a huge message is not taken', async () => {
    const page = await context.newPage();
    await page.goto(`${pages.origin}/huge`);
    const tab = await openedBy(page, () => page.getByRole('button').click());
    await tab.getByText('more than 8 MiB').waitFor();
    equal('the form', await filled(tab), '');
    await tab.close();
    await page.close();
  });

  await check('only the inbox keeps the window that opened it', async () => {
    const policies = {};
    for (const path of ['review', 'inbox']) {
      policies[path] = (await fetch(`${base}/${path}`)).headers.get('cross-origin-opener-policy');
    }
    equal('policies', policies, { review: 'same-origin', inbox: 'unsafe-none' });
  });
  await context.close();
  pages.close();
}
