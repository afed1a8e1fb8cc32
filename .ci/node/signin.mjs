// Tests signing in: in the playground, and by an address with a token.
import { check, equal, fault, until } from './checks.mjs';

const dialogOf = (page) => page.getByRole('dialog', { name: 'Sign in' });
const editor = '.graphiql-query-editor .view-line';

async function open(context, address) {
  const page = await context.newPage();
  page.on('pageerror', (error) => fault(`in the page: ${error.stack || error}`));
  await page.goto(address);
  return page;
}

/** Runs the editor's query. */
const run = (page) => page.getByRole('button', { name: /^Execute query/ }).click();

/** Waits until the pane of results shows a text. */
const shows = (page, text) =>
  until(`${text} in the pane`, () => page.locator('.result-window .view-lines').first().textContent(),
    (shown) => shown.includes(text));

/** Returns the places where a script of a page can find a secret: its address, its storage, its cookies and so on. */
async function traces(page, secret) {
  const places = await page.evaluate(() => ({
    address: location.href, cookies: document.cookie, state: JSON.stringify(history.state),
    local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage),
    text: document.documentElement.outerHTML,
  }));
  return Object.keys(places).filter((place) => places[place]?.includes(secret));
}

/** Checks the cookie of a session and returns its value. */
async function cookieOf(page, token) {
  const cookies = await page.context().cookies();
  equal('the cookies', cookies.map(({ name, httpOnly, sameSite, path }) => ({ name, httpOnly, sameSite, path })),
    [{ name: 'casus-session', httpOnly: true, sameSite: 'Strict', path: '/' }]);
  if (cookies[0].value.includes(token)) throw new Error('the cookie holds the token');
  return cookies[0].value;
}

/** The status of a query with the cookie of a session. */
async function statusWith(base, cookie) {
  const response = await fetch(`${base}/graphql?query={__typename}`,
    { headers: { Cookie: `casus-session=${cookie}` } });
  await response.arrayBuffer();
  return response.status;
}

export async function trySignIn({ browser, base, token, mode }) {
  const context = await browser.newContext();
  const page = await open(context, `${base}/playground`);
  if (mode !== 'tokens') {
    await check('the playground asks for no token', async () => {
      await page.locator(editor).first().waitFor();
      await run(page);
      await shows(page, '"data"');
      equal('dialogs', await dialogOf(page).count(), 0);
      equal('buttons to sign out', await page.getByRole('button', { name: 'Sign out' }).count(), 0);
      equal('cookies', await context.cookies(), []);
    });
    return context.close();
  }

  const dialog = dialogOf(page);
  const field = page.getByLabel('Token');
  await check('the playground asks for a token, and Escape does not close the dialog', async () => {
    await dialog.waitFor();
    equal('the field has the focus', await field.evaluate((element) => element === document.activeElement), true);
    equal('type of the field', await field.getAttribute('type'), 'password');
    for (const key of ['Escape', 'Escape', 'Escape']) await page.keyboard.press(key);
    await dialog.waitFor();
    equal('editors', await page.locator(editor).count(), 0);
  });
  await check('a wrong token is reported', async () => {
    await page.keyboard.type('not-a-token-of-this-server');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'does not know this token' }).waitFor();
    equal('the field is marked', await field.getAttribute('aria-invalid'), 'true');
    const description = await field.evaluate((element) =>
      document.getElementById(element.getAttribute('aria-describedby')).textContent);
    equal('its description', description, 'The server does not know this token.');
    equal('the field has the focus', await field.evaluate((element) => element === document.activeElement), true);
    equal('cookies', await context.cookies(), []);
  });
  await check('the keyboard alone signs in and runs a query', async () => {
    await page.keyboard.type(token); // over the wrong one, which is selected
    await page.keyboard.press('Enter');
    await page.locator(editor).first().waitFor();
    equal('dialogs', await dialog.count(), 0);
    await page.locator(editor).first().click();
    await page.keyboard.press('Control+Enter');
    await shows(page, '"data"');
  });
  await check('the token is stored nowhere, and scripts cannot read the cookie', async () => {
    await cookieOf(page, token);
    equal('traces of the token', await traces(page, token), []);
  });
  await check('a reload within the session does not ask again', async () => {
    await page.reload();
    await page.locator(editor).first().waitFor();
    equal('dialogs', await dialog.count(), 0);
  });
  await check('after the session ended the playground asks for a token, and sends the query again', async () => {
    await context.clearCookies();
    await run(page);
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await shows(page, 'UNAUTHENTICATED');
    await run(page);
    await field.fill(token);
    await page.keyboard.press('Enter');
    await shows(page, '"data"');
    equal('dialogs', await dialog.count(), 0);
  });
  await check('signing out ends the session', async () => {
    const cookie = await cookieOf(page, token);
    equal('status in the session', await statusWith(base, cookie), 200);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await dialog.waitFor();
    equal('editors', await page.locator(editor).count(), 0);
    equal('cookies', await context.cookies(), []);
    equal('status after the session', await statusWith(base, cookie), 401);
  });
  await context.close();
}

export async function trySessionPage({ browser, base, token }) {
  const context = await browser.newContext();
  await check('an address with a token begins a session, and the token disappears from the address', async () => {
    const page = await open(context, `${base}/session#token=${token}`);
    await page.locator('.panel-list .event').first().waitFor(); // the explorer
    await cookieOf(page, token);
    equal('traces of the token', await traces(page, token), []);
    await page.goBack();
    equal('the page before', page.url(), 'about:blank');
  });
  await context.close();
  const other = await browser.newContext();
  await check('an address with a wrong token says so', async () => {
    const page = await open(other, `${base}/session#token=not-a-token-of-this-server`);
    await page.getByText('does not know this token').waitFor();
    equal('the address', page.url(), `${base}/session`);
    equal('cookies', await other.cookies(), []);
  });
  await other.close();
}

/** Signing in where the explorer is refused. */
export async function tryExplorer({ browser, base, token, mode }) {
  const context = await browser.newContext();
  const page = await open(context, `${base}/explore`);
  const events = page.locator('.panel-list .event');
  const field = page.getByLabel('Token');
  if (mode !== 'tokens') {
    await check('the explorer asks for no token', async () => {
      await events.first().waitFor();
      equal('fields', await field.count(), 0);
      equal('ways out', await page.getByRole('button', { name: 'Sign out' }).count(), 0);
    });
    return context.close();
  }
  await check('the explorer says that it needs a token, and a wrong one is told', async () => {
    await field.waitFor();
    await page.getByText('This server needs a token').waitFor();
    equal('events', await events.count(), 0);
    await page.keyboard.type('not-a-token-of-this-server');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'does not know this token' }).waitFor();
    equal('cookies', await context.cookies(), []);
  });
  await check('the keyboard alone signs in, and the views come', async () => {
    await page.keyboard.type(token); // over the wrong one, which is selected
    await page.keyboard.press('Enter');
    await events.first().waitFor();
    await cookieOf(page, token);
    equal('traces of the token', await traces(page, token), []);
  });
  await check('an export of the session is saved', async () => {
    await page.locator('.panel-map .menu summary').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'), page.getByRole('link', { name: 'Places as GeoJSON' }).click(),
    ]);
    equal('failure', await download.failure(), null);
  });
  await check('a session that ends is asked for again', async () => {
    await context.clearCookies();
    await page.locator('.panel-list details:not(.menu) summary').click();
    await field.waitFor();
    await field.fill(token);
    await page.keyboard.press('Enter');
    await events.first().waitFor();
  });
  await check('signing out of the explorer ends the session', async () => {
    const cookie = await cookieOf(page, token);
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await field.waitFor();
    equal('status after the session', await statusWith(base, cookie), 401);
  });
  await context.close();
}
