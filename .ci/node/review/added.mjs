// Tests claims that a person adds on the review page: on words selected in the text about an event of the proposal, and
// on typed words about a new event, by keyboard alone. What the loader then stored is read by GraphQL.
import { check, equal } from '../checks.mjs';
import { ask, openFiles, proposalOf, tabTo } from './proposals.mjs';

const text = 'Ada Lind spoke in Lorman.\nTwo boats burned at the quay.';

const query = `query Stored($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Event { titles { value } category modality claims(first: 9) { edges { node {
    coding quote { text } spans { exact state } extractions { tool } review { verdict by } claimants { id } stance
  } } } } }
}`;

/** Returns the claims of an event that a person coded. */
const byHand = (event) => event.claims.edges.map(({ node }) => node).filter(({ coding }) => coding === 'HUMAN');

export async function tryAdding({ page, base, chosen }) {
  const made = proposalOf('by-hand', text, [{ id: 'actor:ada-lind', name: 'Ada Lind' }]);
  // The model missed the second sentence.
  const event = made.records.at(-1);
  event.claims.pop();
  made.review.items.pop();

  await check('a claim is added on selected words', async () => {
    await page.goto(`${base}/review`);
    await openFiles(page, made);
    await page.getByRole('button', { name: /^Accept all without flags/ }).click();
    await page.evaluate(() => {
      const walker = document.createTreeWalker(document.querySelector('.article-text'), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf('Two boats burned');
        if (at < 0) continue;
        getSelection().setBaseAndExtent(node, at, node, at + 'Two boats burned'.length);
        return;
      }
    });
    await page.getByRole('button', { name: /^Add a claim/ }).click();
    const form = page.locator('.add form');
    const words = form.getByLabel('Words in the text', { exact: true }).last();
    equal('the words', await words.inputValue(), 'Two boats burned');
    equal('the event', await form.getByLabel('About which event?').locator('option:checked').textContent(),
      'Talks of by-hand');
    await form.getByLabel('Stance').selectOption('DENIES');
    await form.getByRole('button', { name: 'Save and accept' }).click();
    await chosen().getByText('added by hand').waitFor();
    equal('the marked words', (await page.locator('mark.chosen').allTextContents()).join(''), 'Two boats burned');
  });

  await check('a claim about a new event is added by keyboard', async () => {
    await chosen().focus();
    await page.evaluate(() => getSelection().removeAllRanges());
    await page.keyboard.press('n');
    await page.locator('.add select').first().waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Quay fire');
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.matches('.span textarea'))) break;
    }
    await page.keyboard.press('Control+a');
    await page.keyboard.type('no such words');
    await page.getByText('These words do not stand in the text.').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('burned at the quay');
    await tabTo(page, 'About which event?', 'Save and accept');
    await page.keyboard.press('Enter');
    await page.locator('.item', { hasText: 'Quay fire' }).first().getByText('added by hand').waitFor();
    await page.waitForTimeout(600); // Decisions are stored a moment later.
    await page.reload();
    await page.locator('.item', { hasText: 'Quay fire' }).first().waitFor();
  });

  await check('what was added is stored as coded by a person', async () => {
    const before = await page.locator('.item').count();
    await page.locator('.item-label', { hasText: 'Quay fire' }).click();
    const id = await page.evaluate(() => new Promise((resolve) => {
      const request = indexedDB.open('casus-review');
      request.onsuccess = () => {
        const all = request.result.transaction('proposals').objectStore('proposals').getAll();
        all.onsuccess = () => resolve(all.result.flatMap(({ proposal }) => proposal.review.items)
          .find(({ added, type }) => added && type === 'event').id);
      };
    }));
    await page.locator('.review-bar').getByRole('button', { name: /^Preview/ }).click();
    await page.locator('form.load').waitFor();
    equal('items', before, made.review.items.length + 3);
    await page.getByLabel('Your name').fill('Ada, desk');
    await page.getByRole('button', { name: 'Load into the graph' }).click();
    await page.getByText(/^Loaded: /).waitFor();
    const { nodes: [talks, boats] } = await ask(page, query, { ids: [event.id, id] });
    const claim = (words, stance) => ({
      coding: 'HUMAN', quote: { text: words }, spans: [{ exact: words, state: 'VERIFIED' }], extractions: [],
      review: { verdict: 'HUMAN', by: 'Ada, desk' }, claimants: [], stance,
    });
    equal('claims by hand about the event', byHand(talks), [claim('Two boats burned', 'DENIES')]);
    equal('claims by a program', talks.claims.edges.length, 2);
    equal('claims about the new event', byHand(boats), [claim('burned at the quay', 'ASSERTS')]);
    equal('the new event', [boats.titles[0].value, boats.category, boats.modality], ['Quay fire', 'OTHER', 'OCCURRED']);
  });
}
