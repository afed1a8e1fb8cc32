import assert from 'node:assert/strict';
import test from 'node:test';
import { textOf } from '../api/operation';
import { TimelineBuckets } from '../api/types';
import { parse } from '../state/address';
import { emptySelection, initialView, type View } from '../state/view';
import { addressOf, embedCode, exportAddress, frozen, nameOf, playgroundAddress, whole } from './addresses';

const view: View = {
  ...initialView,
  selection: { ...emptySelection, categories: ['ASSAULT'], text: 'a & "b" #1' },
  language: 'uk',
};

test('a frozen view keeps its moment, or gets one', () => {
  const now = '2026-01-02T03:04:05Z';
  assert.equal(frozen(view, now).knownAt, now);
  assert.equal(frozen({ ...view, knownAt: '2025-12-20' }, now).knownAt, '2025-12-20');
});

test('an address holds the view', () => {
  const address = addressOf('https://casus.example/explore#v=1&lang=ar', view);
  assert.equal(address.split('#')[0], 'https://casus.example/explore');
  assert.deepEqual(parse(new URL(address).hash), view);
});

test('an embedded panel becomes the chosen panel of the whole page', () => {
  assert.deepEqual(whole({ ...view, embed: 'map' }), { ...view, panel: 'map' });
  assert.deepEqual(whole({ ...view, embed: 'all' }), view);
  assert.deepEqual(whole(view), view);
});

test('the code of an embed is one element', () => {
  const code = embedCode('https://casus.example/explore#v=1&text="><script>', 'A "map" of <all>', 480);
  assert.equal(code.match(/[<>]/g)?.join(''), '<><>');
  assert.match(
    code,
    /^<iframe src="https:\/\/casus\.example\/explore#v=1&amp;text=&quot;&gt;&lt;script&gt;" title="A &quot;map/,
  );
});

test('an export has the filter, the moment and the language', () => {
  const address = new URL(
    exportAddress({ ...view, knownAt: '2025-12-20' }, 'gexf', { graph: 'actors' }),
    'https://a.b/',
  );
  assert.equal(address.pathname, '/export/gexf');
  assert.deepEqual(Object.fromEntries(address.searchParams), {
    filter: '{"categories":["ASSAULT"],"text":"a & \\"b\\" #1"}',
    knownAt: '2025-12-20',
    language: 'uk',
    graph: 'actors',
  });
  assert.equal(exportAddress(initialView, 'csv'), 'export/csv?language=en');
});

test('a query of any length reaches the playground, and nothing of it the server', () => {
  const query = textOf(TimelineBuckets);
  const variables = { filter: { text: 'x'.repeat(100_000) } };
  const address = new URL(playgroundAddress(query, variables), 'https://casus.example/explore');
  assert.equal(address.href.split('#')[0], 'https://casus.example/playground');
  const parameters = new URLSearchParams(address.hash.slice(1));
  assert.equal(parameters.get('query'), query);
  assert.deepEqual(JSON.parse(parameters.get('variables') ?? ''), variables);
  assert.equal(nameOf(query), 'TimelineBuckets');
});
