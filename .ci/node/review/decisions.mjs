// Tests decisions about the graph that go with a proposal: which of two suggestions an actor is, two nodes that are the
// same or are not, and the value of a field on which sources differ. What the loader then stored is read by GraphQL.
import { check, equal, until } from '../checks.mjs';
import { ask, openFiles, proposalOf, tabTo } from './proposals.mjs';

/** Returns the proposal by which the graph knows the actors, with all its items accepted. */
function known(way) {
  const made = proposalOf(`known-${way}`, `Nora Quist of ${way} spoke.\nN. Quist and O. Quist listened.`, [
    { id: `actor:quist-${way}`, name: `Nora Quist ${way}`, country: 'NO' },
    { id: `actor:n-quist-${way}`, name: `N. Quist ${way}` },
    { id: `actor:o-quist-${way}`, name: `O. Quist ${way}` },
  ]);
  for (const item of made.review.items) item.decision = { verdict: 'ACCEPT' };
  return made;
}

/** Returns the proposal that is reviewed: a country that differs, and two actors of whom each may be two known ones. */
function later(way) {
  const suggestions = ['n', 'o'].map((initial) => ({
    id: `actor:${initial}-quist-${way}`, name: `${initial.toUpperCase()}. Quist ${way}`, code: 'NAME_NEAR',
    detail: 'Quist', why: 'a name is spelt nearly like Quist',
  }));
  return proposalOf(`later-${way}`, `Nora Quist of ${way} came back.\nThe Quists met her again.`, [
    { id: `actor:quist-${way}`, name: `Nora Quist ${way}`, country: 'SE' },
    { id: `actor:new-${way}`, name: `Nils Quist ${way}`, suggestions },
    { id: `actor:linked-${way}`, name: `Olga Quist ${way}`, suggestions },
  ]);
}

const query = `query Stored($quist: ID!, $new: ID!, $linked: ID!, $event: ID!) {
  quist: actor(id: $quist) { country statements { field value chosen undecided } }
  new: actor(id: $new) {
    id sameAs { id } identityDecisions { member { id } other { id } same decidedBy reason }
  }
  linked: actor(id: $linked) { id }
  event(id: $event) { participants { actor { id } } claims(first: 9) { edges { node { coding review { by } } } } }
}`;

/** Checks what the graph has after the load. */
async function checkStored(page, way) {
  const variables = {
    quist: `actor:quist-${way}`, new: `actor:new-${way}`, linked: `actor:linked-${way}`, event: `event:later-${way}`,
  };
  const data = await ask(page, query, variables);
  equal('the country', data.quist.country, 'SE');
  equal('fields without a decision', data.quist.statements.filter(({ undecided }) => undecided), []);
  equal('shown as one', [data.new.id, ...data.new.sameAs.map(({ id }) => id)].sort(),
    [`actor:n-quist-${way}`, `actor:new-${way}`]);
  const decisions = data.new.identityDecisions.map(({ member, other, same, decidedBy }) =>
    [[member.id, other.id].sort().join(' '), same, decidedBy]).sort();
  equal('identity decisions', decisions, [
    [`actor:n-quist-${way} actor:new-${way}`, true, 'Ada, desk'],
    [`actor:new-${way} actor:o-quist-${way}`, false, 'Ada, desk'],
  ]);
  equal('the actor that is a known one', data.linked, null);
  const actors = data.event.participants.map(({ actor }) => actor.id).sort();
  equal('participants', actors, [data.new.id, `actor:o-quist-${way}`, `actor:quist-${way}`].sort());
  for (const { node } of data.event.claims.edges) {
    equal('the coding', [node.coding, node.review?.by], ['MACHINE_REVIEWED', 'Ada, desk']);
  }
}

/** The steps of a review by mouse, and the same by keyboard alone. `goTo` chooses an item by its text with the keys. */
const ways = {
  mouse: ({ page, chosen }) => ({
    choose: (name) => page.locator('.item-label', { hasText: name }).click(),
    acceptAll: () => page.getByRole('button', { name: /^Accept all without flags/ }).click(),
    press: (within, name) => chosen().locator('li', { hasText: within }).getByRole('button', { name }).click(),
    accept: () => chosen().getByRole('button', { name: /^Accept/ }).click(),
    link: (name) =>
      chosen().locator('li', { hasText: name }).getByRole('button', { name: 'It is', exact: true }).click(),
    preview: () => page.locator('.review-bar').getByRole('button', { name: /^Preview/ }).click(),
    value: (node, value) =>
      page.locator('.effects li', { hasText: node }).getByRole('button', { name: value, exact: true }).click(),
    load: async () => {
      await page.getByLabel('Your name').fill('Ada, desk');
      await page.getByRole('button', { name: 'Load into the graph' }).click();
    },
  }),
  keyboard: ({ page, chosen, goTo }) => ({
    choose: (name) => goTo((text) => text.includes(name)),
    acceptAll: async () => {
      for (let i = await page.locator('.item').count(); i > 0; i--) {
        if ((await chosen().locator('.badge.doubt').count()) > 0) await page.keyboard.press('j');
        else await page.keyboard.press('a');
      }
    },
    press: async (within, name) => {
      await chosen().focus();
      await tabTo(page, within, name);
      await page.keyboard.press('Enter');
    },
    accept: async () => {
      await chosen().focus();
      await page.keyboard.press('a');
    },
    link: async (name) => {
      await page.keyboard.press('l');
      await page.locator('.picker [role="option"]').first().waitFor();
      while (!(await page.locator('.picker [aria-selected="true"]').textContent()).includes(name)) {
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Enter');
    },
    preview: () => page.keyboard.press('p'),
    value: async (node, value) => {
      await tabTo(page, node, value);
      await page.keyboard.press('Space');
    },
    load: async () => {
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => document.activeElement?.matches('form.load input:not([type=checkbox])'))) break;
      }
      await page.keyboard.press('Control+a');
      await page.keyboard.type('Ada, desk');
      await page.keyboard.press('Enter');
    },
  }),
};

export async function tryDecisions({ page, base, chosen, goTo }) {
  for (const way of ['mouse', 'keyboard']) {
    await check(`decisions about the graph, by ${way}`, async () => {
      await page.goto(`${base}/review`);
      const status = await page.evaluate((body) => fetch('/proposals', {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
      }).then(async (response) => (response.ok ? 200 : response.text())), { ...known(way), by: 'Bo', keepText: true });
      equal('status of the load before', status, 200);
      await openFiles(page, later(way));
      const act = ways[way]({ page, chosen, goTo });
      await act.acceptAll();

      await act.choose(`Nils Quist ${way}`);
      const both = ['Keep apart for good', 'Merge both in the graph'];
      await act.press(`N. Quist ${way}`, both[0]);
      await act.press(`N. Quist ${way}`, both[1]); // the last choice counts
      await act.press(`O. Quist ${way}`, both[1]);
      await act.press(`O. Quist ${way}`, both[1]); // pressed again, it is taken back
      await act.press(`O. Quist ${way}`, both[0]);
      const pressed = await chosen().locator('button[aria-pressed="true"]').allTextContents();
      equal('pressed', pressed, [both[1], both[0]]);
      await act.accept();
      await act.choose(`Olga Quist ${way}`);
      await act.link(`O. Quist ${way}`);
      await page.locator('.item .link', { hasText: `O. Quist ${way}` }).waitFor();

      await act.preview();
      await page.getByText('1 field on which sources differ').waitFor();
      await act.value(`Nora Quist ${way}`, 'SE');
      await page.getByText('Decisions have changed since', { exact: false }).first().waitFor();
      await act.preview();
      await page.getByText('1 field on which sources differ').waitFor({ state: 'hidden' });
      await page.getByText('3 decisions about the graph').waitFor();
      await until('the form', () => page.locator('form.load').count(), (count) => count === 1);
      await act.load();
      await page.getByText(/^Loaded: /).waitFor();
      equal('decisions that the next load would make again', await page.getByText('about the graph').count(), 0);
      await checkStored(page, way);
    });
  }
}
