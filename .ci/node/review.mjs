// Tests the review page and the inbox in a browser: node review.mjs BASE_URL [--pictures]
//
// The server has the sample, --allow-writes, and the tokens of CASUS_TOKENS: CASUS_TOKEN may only read,
// CASUS_WRITE_TOKEN may write. The test goes the whole road: it pastes an article, copies the question, pastes an
// answer, decides with the keyboard alone, previews, loads, and finds the event in the explorer. A console error or a
// violation of the policy fails. With --pictures it writes docs/pictures/review-*.png anew: look at each.
import { readFile, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { check, equal, finish, launch, timeout, until } from './checks.mjs';
import { keepTo, openPage } from './pages.mjs';
import { useOwnFonts } from './quality/fonts.mjs';
import { tryAdding } from './review/added.mjs';
import { tryBookmarklet } from './review/bookmarklet.mjs';
import { tryDecisions } from './review/decisions.mjs';
import { violationsOf } from './quality/violations.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true, options: { pictures: { type: 'boolean' } },
});
const base = positionals[0]?.replace(/\/+$/, '');
const { CASUS_TOKEN: readToken, CASUS_WRITE_TOKEN: writeToken } = process.env;
if (!base || !readToken || !writeToken) {
  console.error('usage: CASUS_TOKEN=... CASUS_WRITE_TOKEN=... node review.mjs BASE_URL [--pictures]');
  process.exit(2);
}
const fonts = useOwnFonts();
const browser = await launch('--font-render-hinting=none', '--force-color-profile=srgb');
const { origin } = new URL(base);
const testdata = new URL('../../internal/extract/testdata/', import.meta.url);
const [article, answer] = await Promise.all(['talks.ar.txt', 'talks.form.md'].map((name) =>
  readFile(new URL(name, testdata), 'utf8')));

/** Opens a context that has signed in with a token, if one is given. */
async function contextOf(token, size = { width: 1280, height: 800 }) {
  const context = await browser.newContext({
    viewport: size, timezoneId: 'Europe/Kyiv', locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(timeout);
  await keepTo(context, origin);
  if (token) {
    const page = await context.newPage();
    await page.goto(`${base}/healthz`);
    const status = await page.evaluate((given) => fetch('/session', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token: given }),
    }).then((response) => response.status), token);
    equal('status of signing in', status, 204);
    await page.close();
  }
  return context;
}

const context = await contextOf(writeToken);
const desk = { page: undefined };
const items = () => desk.page.locator('.item');
const chosen = () => desk.page.locator('.item.chosen');
const press = (...keys) => keys.reduce((before, key) => before.then(() => desk.page.keyboard.press(key)),
  Promise.resolve());
const countsShown = () => desk.page.locator('.review-bar .muted').first().textContent();

async function picture(page, name) {
  if (!options.pictures) return;
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const path = new URL(`../../docs/pictures/review-${name}.png`, import.meta.url).pathname;
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
}

await check('an article is pasted, and the question copied', async () => {
  const page = (desk.page = await openPage(context, `${base}/inbox`, { allowed: [409] }));
  await page.getByLabel('Text, Markdown or HTML').fill(article);
  await page.getByLabel('Date of publication').fill('2031-03-09');
  await page.getByLabel('Publisher').fill('Lorman Herald');
  await page.getByLabel('Language code').fill('ar');
  await page.getByRole('button', { name: 'Copy the question' }).click();
  await page.getByText('Copied. Paste it into a chat.').waitFor();
  const question = await page.evaluate(() => navigator.clipboard.readText());
  if (!question.includes(article.split('\n')[1])) throw new Error(`the question: ${question.slice(0, 300)}`);
  await picture(page, 'inbox-en-light');
});

await check('a reload keeps what was pasted', async () => {
  await desk.page.reload();
  equal('the article', await desk.page.getByLabel('Text, Markdown or HTML').inputValue(), article);
});

await check('the answer becomes a proposal beside its text', async () => {
  const { page } = desk;
  await page.getByLabel('Answer 1').fill(answer);
  await page.getByRole('button', { name: 'Make a proposal and review it' }).click();
  await page.waitForURL(/\/review#proposal=/);
  await items().first().waitFor();
  equal('the text', await page.locator('.article-text').textContent(), article);
});

await check('deciding with the keyboard alone', async () => {
  const { page } = desk;
  const all = await items().count();
  equal('at first', await countsShown(), `0 accepted, 0 rejected, ${all} open`);
  await press('a');
  equal('after a', await countsShown(), `1 accepted, 0 rejected, ${all - 1} open`);
  await press('r');
  equal('after r', await countsShown(), `1 accepted, 1 rejected, ${all - 2} open`);
  await press('u');
  equal('after u', await countsShown(), `1 accepted, 0 rejected, ${all - 1} open`);
  const before = await chosen().textContent();
  await press('j');
  if ((await chosen().textContent()) === before) throw new Error('j chose no other item');
  await press('k');
  equal('after j and k', await chosen().textContent(), before);
  await press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await press('Escape');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'hidden' });
  // Every key is that of the item's buttons, too.
  const letters = await chosen().locator('.item-tools kbd').allTextContents();
  if (letters.length < 3) throw new Error(`keys ${letters}`);
});

/** Chooses the first item of a kind, from the first item on, with the keyboard. */
async function goTo(test) {
  for (let i = await items().count(); i > 0; i--) await press('k');
  for (let i = await items().count(); i > 0; i--) {
    if (test(await chosen().textContent())) return;
    await press('j');
  }
  throw new Error('there is no such item');
}

await check('the words of the chosen claim are marked, and words choose their claim', async () => {
  const { page } = desk;
  await goTo((text) => text.includes('claim') && text.includes('doubt'));
  const words = (await page.locator('mark.chosen').allTextContents()).join('');
  const label = await chosen().locator('.item-label').textContent();
  equal('the marked words', words, label);
  await picture(page, 'desk-en-light');
  await page.locator('.article-text .part').first().click();
  const other = await chosen().locator('.item-label').textContent();
  if (other === label) throw new Error('a click on the text chose nothing');
});

await check('an edit by keyboard: the time of an event', async () => {
  const { page } = desk;
  await page.locator('.item.chosen').focus();
  await goTo((text) => text.includes('Talks in Lorman'));
  await press('e');
  const time = page.getByLabel(/^Time/);
  await time.focus();
  await press('Control+a');
  await page.keyboard.type('2031-03-08/2031-03-09');
  await press('Enter');
  await chosen().getByText('edited').waitFor();
  equal('the time', await chosen().locator('.event-facts bdi').last().textContent(), '2031-03-08/2031-03-09');
});

await check('an edit of words: selected in the text', async () => {
  const { page } = desk;
  await goTo((text) => text.includes('claim') && !text.includes('doubt'));
  await chosen().focus();
  await press('e');
  await page.evaluate(() => {
    const part = document.querySelector('.article-text .chosen');
    const range = document.createRange();
    range.setStart(part.firstChild, 0);
    range.setEnd(part.firstChild, 9);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  });
  const words = await page.evaluate(() => getSelection().toString().trim());
  await page.getByRole('button', { name: 'Use the selected words' }).click();
  await page.getByRole('button', { name: 'Save and accept' }).click();
  equal('the words', await chosen().locator('blockquote').first().textContent(), words);
  await chosen().focus();
  await press('u');
});

await check('what falls with a rejected item is shown at once, and comes back', async () => {
  await goTo((text) => text.includes('actor') && text.includes('Timur Salik'));
  await press('r');
  const falls = desk.page.locator('.falls');
  await until('what falls', () => falls.count(), (count) => count >= 2);
  await press('u');
  equal('what falls after u', await falls.count(), 0);
});

await check('linking by keyboard: a search in the graph', async () => {
  await goTo((text) => text.includes('actor') && text.includes('Dan Corvel'));
  await press('l');
  await desk.page.keyboard.type('Kushner');
  await desk.page.getByRole('option', { name: /Kushner/ }).first().waitFor();
  await press('Escape');
});

await check('the same event as another one of the proposal, and back', async () => {
  await goTo((text) => text.includes('Talks in Lorman continue'));
  await press('s');
  await desk.page.keyboard.type('Three-way');
  await desk.page.getByRole('option', { name: /Three-way/ }).first().waitFor();
  await press('Enter');
  await desk.page.locator('.item .link', { hasText: 'adds its claims to' }).first().waitFor();
  await press('u');
  equal('links', await desk.page.locator('.item .link', { hasText: 'Three-way' }).count(), 0);
});

await check('all without flags are accepted in one step, and a reload keeps all decisions', async () => {
  const { page } = desk;
  await page.getByRole('button', { name: /^Accept all without flags/ }).click();
  const before = await countsShown();
  if (/^[01] accepted/.test(before)) throw new Error(before);
  await page.waitForTimeout(600); // Decisions are stored a moment later.
  await page.reload();
  await items().first().waitFor();
  equal('after a reload', await countsShown(), before);
});

await check('the decisions are saved for the terminal', async () => {
  const [download] = await Promise.all([
    desk.page.waitForEvent('download'), desk.page.getByRole('button', { name: 'Save decisions' }).click(),
  ]);
  const review = JSON.parse(await readFile(await download.path(), 'utf8'));
  const verdicts = review.items.map(({ decision }) => decision?.verdict);
  if (!verdicts.includes('ACCEPT') || review.version !== 1) throw new Error(JSON.stringify(verdicts));
  const edited = review.items.filter(({ decision }) => decision?.edited);
  equal('edited', edited.map(({ decision }) => decision.edited.time), ['2031-03-08/2031-03-09']);
});

for (const [language, theme, width] of [
  ['en', 'light', 1280], ['uk', 'dark', 1280], ['ar', 'light', 1280], ['en', 'dark', 360], ['ar', 'dark', 360],
  ['uk', 'light', 360],
]) {
  await check(`axe and width: ${language}, ${theme}, ${width} px`, async () => {
    const { page } = desk;
    await page.setViewportSize({ width, height: 800 });
    const proposal = /proposal=([^&]+)/.exec(page.url())[1];
    for (const address of [`review#proposal=${proposal}&`, 'review#', 'inbox#']) {
      const own = await context.newPage();
      await own.setViewportSize({ width, height: 800 });
      await own.goto(`${base}/${address}lang=${language}&theme=${theme}`);
      await own.locator(`html[lang=${language}][data-theme=${theme}]`).waitFor();
      await own.locator(address.includes('proposal') ? '.item' : '.sheet h2').first().waitFor();
      await own.waitForTimeout(300);
      const violations = await violationsOf(own);
      if (address.includes('proposal')) {
        await own.locator('.item.chosen').focus();
        await own.keyboard.press('e');
        await own.locator('form.edit').waitFor();
        violations.push(...await violationsOf(own));
        await own.keyboard.press('Escape');
        if (language === 'uk' && width === 360) await picture(own, 'phone-uk-light');
        if (language === 'ar' && width > 360) await picture(own, 'desk-ar-light');
        await own.locator('.item.chosen').focus();
        await own.keyboard.press('p');
        await own.locator('form.load').waitFor();
        violations.push(...await violationsOf(own));
      }
      const wide = await own.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) violations.push(`${address} is ${wide} px wide`);
      await own.close();
      if (violations.length > 0) throw new Error(violations.join('\n    '));
    }
  });
}

await check('the preview tells what changes', async () => {
  const { page } = desk;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(page.url().replace(/&.*/, ''));
  await items().first().waitFor();
  await chosen().focus();
  await press('p');
  await page.locator('.event-effect').first().waitFor();
  await page.locator('.event-effect', { hasText: 'Talks in Lorman' }).first().getByText('new').first().waitFor();
  await picture(page, 'preview-en-light');
});

await check('if the graph has changed meanwhile, nothing is loaded, and it is previewed again', async () => {
  const { page } = desk;
  const status = await page.evaluate(() => fetch('/proposals', {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ by: 'Bo', curations: [{
      type: 'correction', node: 'actor:kushner', field: 'description', value: 'an envoy' }] }),
  }).then(async (response) => (response.ok ? 200 : response.text())));
  equal('status of the other load', status, 200);
  await page.getByLabel('Your name').fill('Ada, desk');
  await page.getByRole('button', { name: 'Load into the graph' }).click();
  await page.getByText('The graph had changed since the preview', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Load into the graph' }).waitFor();
});

await check('it is loaded, and the event is in the explorer', async () => {
  const { page } = desk;
  await page.getByLabel('Your name').fill('Ada, desk');
  await page.getByRole('button', { name: 'Load into the graph' }).click();
  await page.getByText(/^Loaded: \d+ records with \d+ claims/).waitFor();
  await page.getByRole('link', { name: 'Show Talks in Lorman', exact: true }).click();
  await page.waitForURL(/\/explore#/);
  await page.locator('.evidence h3', { hasText: 'Talks in Lorman' }).waitFor();
  await page.locator('.claim').first().waitFor();
});

await check('a claim of the explorer is corrected', async () => {
  const { page } = desk;
  await page.getByRole('link', { name: 'Correct this claim' }).first().click();
  await page.waitForURL(/\/review#/);
  await page.getByLabel('Stance').selectOption('DISPUTES');
  await page.getByRole('button', { name: 'Save and accept' }).click();
  await page.locator('.event-effect').first().waitFor();
  await page.getByRole('button', { name: 'Load into the graph' }).click();
  await page.getByText(/^Loaded:/).waitFor();
});
await check('files are opened, and two actors are kept apart with the load', async () => {
  const { page } = desk;
  await page.goto(`${base}/review`);
  const review = JSON.parse(await readFile(new URL('talks.review.json', testdata), 'utf8'));
  review.items.find(({ id }) => id === 'actor:dan-corvel').suggestions = [
    { id: 'actor:kushner', name: 'Jared Kushner', why: 'for the test' },
  ];
  await page.getByLabel('Choose both files').setInputFiles([
    { name: 'a.review.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(review)) },
    { name: 'a.proposal.jsonl', mimeType: 'application/json',
      buffer: await readFile(new URL('talks.proposal.jsonl', testdata)) },
  ]);
  await items().first().waitFor();
  await goTo((text) => text.includes('Dan Corvel'));
  await page.getByRole('button', { name: 'Keep apart for good' }).click();
  await chosen().focus();
  await press('p');
  await page.getByText('1 decision about the graph').waitFor();
  await page.locator('.effects li', { hasText: '≠' }).waitFor();
  const before = await countsShown();
  await press('a');
  equal('a key in the preview decides nothing', await countsShown(), before);
});
await tryDecisions({ page: desk.page, base, chosen, goTo });
await tryAdding({ page: desk.page, base, chosen });
await context.close();

await check('a token that may write is taken on the page', async () => {
  const visitor = await contextOf();
  const page = await openPage(visitor, `${base}/review`, { allowed: [401] });
  await page.getByText('This server needs a token.', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Sign in with a token' }).click();
  await page.getByLabel('Token', { exact: true }).fill(writeToken);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.locator('.notice').waitFor({ state: 'hidden' });
  await visitor.close();
});

await check('a reader is told what is missing, and the server refuses', async () => {
  const reader = await contextOf(readToken);
  const page = await openPage(reader, `${base}/review`, { allowed: [403] });
  await page.getByText('You can read files here', { exact: false }).waitFor();
  const status = await page.evaluate(() => fetch('/proposals/preview', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}',
  }).then((response) => response.status)).catch((error) => error.message);
  equal('status', status, 403);
  await reader.close();
});

await tryBookmarklet({ browser, base, writeToken });
await browser.close();
await rm(fonts, { recursive: true });
finish('review');
