// Tests with pages of other origins: attacks by an evil page, the permissions of an allowed one, other names of the
// server, and frames.
import { check, equal } from './checks.mjs';

/** Returns the sum of the counters of a server whose line in /metrics matches a pattern. */
async function counted(base, bearer, pattern) {
  const text = await (await fetch(`${base}/metrics`, { headers: bearer })).text();
  return text.split('\n').filter((line) => pattern.test(line))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

const work = /^casus_graphql_operations_total|^casus_http_requests_total\{.*route="\/export".*status="2/;
const refusals = /^casus_http_requests_total\{.*route="\/(graphql|export)".*status="4/;

/**
 * Makes the browser send requests to a server in every way that a script of a page can. It runs in the page, and
 * returns the answers that it could read.
 */
async function attack({ base, token, quietly }) {
  const query = '{ timeline { nodes { id } } }';
  const asked = `${base}/graphql?query=${encodeURIComponent(query)}`;
  const exported = `${base}/export/geojson`;
  const body = JSON.stringify({ query });
  const json = { 'Content-Type': 'application/json' };
  const credentials = 'include';
  const fetches = {
    'GET': [asked],
    'GET with cookies': [asked, { credentials }],
    'GET without CORS': [asked, { mode: 'no-cors', credentials }],
    'GET with a token': [asked, { headers: { Authorization: `Bearer ${token}` } }],
    'POST': [`${base}/graphql`, { method: 'POST', headers: json, body, credentials }],
    'POST as text': [`${base}/graphql`, { method: 'POST', body, mode: 'no-cors', credentials }],
    'POST as a form': [`${base}/graphql`,
      { method: 'POST', body: new URLSearchParams({ query }), mode: 'no-cors', credentials }],
    'an export': [exported, { credentials }],
    'an export without CORS': [exported, { mode: 'no-cors', credentials }],
    'who it is': [`${base}/session`, { credentials }],
    'sign in': [`${base}/session`, { method: 'POST', headers: json, body: JSON.stringify({ token }), credentials }],
    'sign in as text': [`${base}/session`,
      { method: 'POST', body: JSON.stringify({ token }), mode: 'no-cors', credentials }],
    'sign out': [`${base}/session`, { method: 'DELETE', credentials }],
    'metrics': [`${base}/metrics`, { credentials }],
  };
  if (quietly) {
    fetches['GET without a referrer'] = [asked, { mode: 'no-cors', credentials, referrerPolicy: 'no-referrer' }];
  }
  const read = {};
  for (const [name, request] of Object.entries(fetches)) {
    try {
      const text = await (await fetch(...request)).text();
      if (text) read[name] = text.slice(0, 80);
    } catch { /* as it should be */ }
  }
  navigator.sendBeacon(`${base}/graphql`, body);

  const loaded = (element) => new Promise((resolve) => {
    element.onload = element.onerror = () => resolve(element);
    setTimeout(() => resolve(element), 3000); // a download loads nothing
    if (!element.isConnected) document.body.append(element);
  });
  const elements = { img: 'src', script: 'src', iframe: 'src', embed: 'src', object: 'data', link: 'href' };
  for (const [tag, attribute] of Object.entries(elements)) {
    for (const address of [asked, exported]) {
      const element = await loaded(
        Object.assign(document.createElement(tag), { [attribute]: address, rel: 'stylesheet' }));
      const text = (tag === 'iframe' || tag === 'object') && element.contentDocument?.body?.textContent;
      if (text) read[tag] = text.slice(0, 80);
      element.remove();
    }
  }
  const forms = [['GET', `${base}/graphql`], ['POST', `${base}/graphql`, 'text/plain'], ['GET', exported]];
  for (const [method, action, enctype] of forms) {
    const form = Object.assign(document.createElement('form'),
      { method, action, enctype: enctype ?? '', target: 'result' });
    form.append(Object.assign(document.createElement('input'), { name: 'query', value: query }));
    const frame = Object.assign(document.createElement('iframe'), { name: 'result' });
    document.body.append(form, frame);
    form.submit();
    await loaded(frame);
    const text = frame.contentDocument?.body?.textContent;
    if (text) read[`form ${method}`] = text.slice(0, 80);
    form.remove();
    frame.remove();
  }
  return read;
}

/** The least number of these requests that reach /graphql and /export. For the others a browser sends a preflight. */
const leastRefusals = 20;

async function tryEvilPage({ context, name, evil, base, token, bearer, target, quietly }) {
  await check(`nothing runs for ${name}, and it reads nothing`, async () => {
    const page = await context.newPage();
    await page.goto(evil);
    const before = await counted(base, bearer, work);
    const refusedBefore = await counted(base, bearer, refusals);
    const cookies = await context.cookies();
    equal('read', await page.evaluate(attack, { base: target, token, quietly }), {});
    equal('operations and exports', await counted(base, bearer, work) - before, 0);
    const refused = await counted(base, bearer, refusals) - refusedBefore;
    if (refused < leastRefusals) throw new Error(`${refused} requests were refused, fewer than the page sent`);
    equal('cookies', await context.cookies(), cookies);
    await page.close();
  });
  await check(`a link on ${name} leads to no answer`, async () => {
    const page = await context.newPage();
    for (const path of ['/graphql?query={__typename}', '/export/geojson']) {
      await page.goto(evil);
      await page.evaluate((address) => {
        document.body.append(Object.assign(document.createElement('a'), { href: address, textContent: 'Here' }));
      }, target + path);
      const answered = page.waitForResponse((response) => response.url().startsWith(target));
      await page.getByRole('link').click();
      const status = (await answered).status();
      if (status !== 403) throw new Error(`${path}: ${status}`);
    }
    await page.close();
  });
}

/** Reports whether a page can show an address in a frame, and whether the address's policy forbade it. */
async function frame(page, address) {
  let forbidden = false;
  const listen = (message) => { forbidden ||= message.text().includes('frame-ancestors'); };
  page.on('console', listen);
  await page.evaluate((src) => new Promise((resolve) => {
    document.querySelector('iframe')?.remove();
    document.body.append(Object.assign(document.createElement('iframe'), { src, onload: resolve }));
  }), address);
  const shown = page.frames().at(-1).url() === address;
  page.off('console', listen);
  return { shown, forbidden };
}

async function tryFrames({ context, base, origins }) {
  for (const origin of origins) {
    await check(`no page of the server is shown in a frame of ${origin}`, async () => {
      const page = await context.newPage();
      await page.goto(origin);
      equal('another page', await frame(page, 'http://evil.test/another'), { shown: true, forbidden: false });
      for (const path of ['/explore', '/playground', '/session']) {
        equal(path, await frame(page, base + path), { shown: false, forbidden: true });
      }
      await page.close();
    });
  }
}

/** Sends a query and an export in a page, where it runs as a script, and returns the status and the body of each. */
async function use({ base, headers }) {
  const answers = [
    await fetch(`${base}/graphql`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: '{"query":"{ __typename }"}',
    }),
    await fetch(`${base}/export/geojson`, { headers }),
  ];
  return Promise.all(answers.map(async (answer) => `${answer.status} ${(await answer.text()).slice(0, 30)}`));
}

async function tryAllowedPage({ context, base, bearer, mode }) {
  const page = await context.newPage();
  await page.goto('http://allowed.test/');
  const served = [/^200 \{"data":/, /^200 \{"type":"FeatureCollection"/];
  const like = (got, want) => want.every((one, i) => one.test(got[i]));
  await check('a page of an allowed origin uses a token', async () => {
    const got = await page.evaluate(use, { base, headers: bearer });
    if (!like(got, served)) throw new Error(JSON.stringify(got));
  });
  await check('a page of an allowed origin cannot use the session', async () => {
    const want = mode === 'tokens' ? [/^401 \{"errors"/, /^401 UNAUTHENTICATED/] : served;
    const got = await page.evaluate(use, { base, headers: {} });
    if (!like(got, want)) throw new Error(JSON.stringify(got));
    const read = ({ address, credentials }) =>
      fetch(address, { credentials }).then((answer) => answer.text(), () => '');
    const asked = `${base}/graphql?query={__typename}`;
    equal('read with cookies', await page.evaluate(read, { address: asked, credentials: 'include' }), '');
    equal('read without', (await page.evaluate(read, { address: asked, credentials: 'omit' })).slice(0, 2), '{"');
    equal('read of the session', await page.evaluate(read, { address: `${base}/session`, credentials: 'omit' }), '');
  });
  await page.close();
}

async function tryNames({ context }) {
  const page = await context.newPage();
  await check('the server does not answer to a name that it was not given', async () => {
    const paths = ['/explore', '/playground', '/graphql?query={__typename}', '/export/geojson', '/session', '/metrics'];
    for (const path of paths) {
      const response = await page.goto(`http://unnamed.test${path}`);
      equal(path, response.status(), 421);
    }
  });
  await check('the server answers to the name that it was given', async () => {
    const response = await page.goto('http://named.test/playground');
    equal('/playground', response.status(), 200);
  });
  await page.close();
}

export async function tryForeignPages({ browser, base, token, mode, bearer, sameSite }) {
  const context = await browser.newContext();
  if (mode !== 'open') {
    await check('a session begins', async () => {
      const page = await context.newPage();
      for (const server of [base, 'http://named.test']) {
        await page.goto(`${server}/session#token=${token}`);
        await page.locator('.panel-list .event').first().waitFor();
      }
      await page.close();
      equal('cookies', (await context.cookies()).length, 2);
    });
  }
  // Browsers send Sec-Fetch-Site only to addresses that they trust: https, and this machine's own. To other addresses a
  // request without a referrer looks like that of a program: it runs where no token is needed, but the page cannot read
  // the answer.
  const evil = [
    { name: 'a page of another site', evil: 'http://evil.test/', target: base, quietly: true },
    { name: 'a page of another port', evil: `${sameSite}/`, target: base, quietly: true },
    {
      name: 'a page of another site, without Sec-Fetch-Site', evil: 'http://evil.test/', target: 'http://named.test',
      quietly: mode === 'tokens',
    },
  ];
  for (const one of evil) await tryEvilPage({ context, base, token, bearer, ...one });
  await tryAllowedPage({ context, base, bearer, mode });
  await tryNames({ context });
  await tryFrames({ context, base, origins: ['http://evil.test/', 'http://allowed.test/', `${sameSite}/`] });
  await context.close();
}
