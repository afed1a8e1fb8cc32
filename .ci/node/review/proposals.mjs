// Proposals for the tests of the review page, and what they have in common.
import { createHash } from 'node:crypto';
import { equal } from '../checks.mjs';

/** Returns a proposal as the files of `casus extract` have it: actors, and an event with a claim for each line. */
export function proposalOf(name, text, actors) {
  const document = `document:${name}`;
  const sentences = [...text.matchAll(/[^\n]+/g)].map(({ 0: exact, index }, i) => ({
    number: i + 1, start: index, end: index + exact.length, text: exact,
  }));
  const claims = sentences.map(({ start, end, text: exact }) => ({
    stance: 'ASSERTS', aspect: 'OCCURRENCE', spans: [{ start, end, exact }],
    extractions: [{ tool: 'casus', prompt: 'test' }],
  }));
  const records = [
    { type: 'document', id: document, titles: [{ value: name }], language: 'en', publishedAt: '2031-03-12',
      sha256: createHash('sha256').update(text).digest('hex'), text },
    ...actors.map(({ id, country, name: value }) => ({
      type: 'actor', id, kind: 'PERSON', names: [{ value, language: 'en' }], ...(country && { country }),
      source: document,
    })),
    { type: 'event', id: `event:${name}`, titles: [{ value: `Talks of ${name}` }], category: 'CONSULT',
      modality: 'OCCURRED', time: '2031-03-11', document,
      participants: actors.map(({ id }) => ({ actor: id, role: 'PARTICIPANT' })), claims },
  ];
  const items = records.flatMap((record, i) => {
    const of = actors.find(({ id }) => id === record.id);
    const item = {
      record: i + 1, type: record.type, id: record.id, label: of?.name ?? record.titles[0].value, decision: null,
      ...(of?.suggestions && { suggestions: of.suggestions, flags: [
        { code: 'LINK_UNSURE', values: { count: '2' }, why: '2 known nodes may be meant' },
      ] }),
    };
    const own = record.type === 'event' ? sentences.map((sentence, n) => ({
      record: i + 1, claim: n + 1, type: 'claim', label: sentence.text, sentences: [sentence], decision: null,
    })) : [];
    return [item, ...own];
  });
  return { records, review: { version: 1, document, title: name, items } };
}

/** Chooses the files of a proposal on the review page. */
export async function openFiles(page, { records, review }) {
  await page.getByLabel('Choose both files').setInputFiles([
    { name: 'b.review.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(review)) },
    { name: 'b.proposal.jsonl', mimeType: 'application/json',
      buffer: Buffer.from(records.map((record) => JSON.stringify(record)).join('\n')) },
  ]);
  await page.locator('.item').first().waitFor();
}

/** Returns the data of a query, in the session of a page. */
export async function ask(page, query, variables) {
  const { data, errors } = await page.evaluate((body) => fetch('/graphql', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  }).then((response) => response.json()), { query, variables });
  equal('errors', errors, undefined);
  return data;
}

/** Presses Tab until an element with a text has the focus, from where the focus is. */
export async function tabTo(page, within, text) {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(([place, words]) => {
      const active = document.activeElement;
      return active?.textContent.trim() === words && active.closest('li, form')?.textContent.includes(place) === true;
    }, [within, text]);
    if (found) return;
  }
  throw new Error(`no ${text} of ${within} is reached by Tab`);
}
