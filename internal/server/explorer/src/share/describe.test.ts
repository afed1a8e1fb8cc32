import assert from 'node:assert/strict';
import test from 'node:test';
import english from '../i18n/languages/en.json';
import { format } from '../i18n/template';
import { emptySelection, initialView, type View } from '../state/view';
import { caption, citation, conditions, type Words } from './describe';

const words: Words = {
  language: 'en',
  t: (key, parameters = {}) => format('en', english[key] as string, parameters),
  word: (vocabulary, value) => (english as Record<string, unknown>)[`${vocabulary}.${value}`] as string,
  country: (code) => `country ${code}`,
  name: (id) => `name of ${id}`,
  timeZone: 'UTC',
};
const origin = { address: 'https://casus.example/explore#v=1', at: '2026-01-02T03:04:05Z', version: 'v1.2' };

test('every condition of a selection is named', () => {
  const selection = {
    ...emptySelection,
    from: '2025-12',
    to: '2026',
    categories: ['ASSAULT', 'AID'],
    statuses: ['DENIED'],
    disagreements: ['FIGURES', 'TIME'],
    modalities: ['PLANNED'],
    countries: ['UA'],
    actors: ['actor:a'],
    places: ['location:b'],
    publishers: ['actor:c'],
    datasets: ['ged'],
    text: 'power plant',
    box: { west: 1, south: 2, east: 3, north: 4 },
    timeless: true as const,
  };
  assert.deepEqual(conditions(selection, words), [
    'Category: Assault, Aid',
    'Status: denied',
    'Sources disagree: on numbers, on the time',
    'Modality: planned',
    'Country: country UA',
    'Actor: name of actor:a',
    'Place: name of location:b',
    'Publisher: name of actor:c',
    'Data set: ged',
    'Words: power plant',
    'from \u20662025-12\u2069',
    'to 2026',
    'area on the map',
    'time unknown',
  ]);
  // A new field of a selection needs a word here.
  assert.deepEqual(
    Object.keys(selection).sort(),
    [...Object.keys(emptySelection), 'box', 'from', 'text', 'timeless', 'to'].sort(),
  );
});

test('a caption names selection, moment, version and address', () => {
  assert.deepEqual(caption(initialView, origin, words), [
    'All events · known on January 2, 2026 at 03:04 AM UTC',
    'Casus v1.2 · https://casus.example/explore#v=1',
  ]);
  const view: View = { ...initialView, knownAt: '2025-12-20', comparedWith: '2025-12-19' };
  assert.deepEqual(caption(view, { ...origin, revision: '17' }, words), [
    'All events · known on December 20, 2025 · compared with December 19, 2025',
    'Casus v1.2 (17) · https://casus.example/explore#v=1',
  ]);
});

test('a citation is one sentence after another', () => {
  assert.equal(
    citation({ ...initialView, knownAt: '2025-12-20' }, origin, words),
    'Casus v1.2. All events, as known on December 20, 2025. https://casus.example/explore#v=1 ' +
      '(retrieved January 2, 2026 at 03:04 AM UTC).',
  );
});

test('dates and addresses keep their order within a text from right to left', () => {
  const arabic = { ...words, language: 'ar' };
  const view: View = { ...initialView, knownAt: '2025-12' };
  assert.ok(citation(view, origin, arabic).includes('\u20662025-12\u2069'));
  assert.ok(citation(view, origin, arabic).includes(`\u2066${origin.address}\u2069`));
  assert.ok(!/[\u2066\u2069]/.test(citation({ ...view, knownAt: '2025-12-20' }, origin, words)));
});
