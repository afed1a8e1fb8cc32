import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { buildSchema, parse, validate } from 'graphql';
import { filled, fillQuery, idsOf } from './fill.js';

const example = (name, variables, query = '{ version }') =>
  ({ name, query, variables: variables && JSON.stringify(variables) });
const examples = [
  example('place', { place: 'location:sample' }),
  example('pair', { from: 'actor:one', to: 'actor:two' }),
  example('year', { filter: { time: { from: '2025-11', to: '2025-12' } } }),
  example('since', { from: '2025-12-19' }),
  example('point', { latitude: 46.48, longitude: 30.73, km: 150 }),
  example('then', { id: 'event:sample', then: '2025-12-21T12:00:00Z' }),
  example('search', { text: 'Зеленський', first: 5 }),
  example('none', ''),
];

const at = (...ids) => ({ locations: ids.map((id) => ({ location: { id } })) });
const data = (...known) => ({
  nodes: idsOf(examples).map((id) => (known.includes(id) ? { id } : null)),
  extent: { earliest: '1991-01-02T00:00:00Z' },
  facets: [
    { groups: [{ key: '2014', node: null }] },
    { groups: [{ key: 'actor:a', node: { name: 'Army' } }, { key: 'actor:b', node: { name: 'B' } }] },
    { groups: [{ key: 'ASSAULT', node: null }] },
    { groups: [{ key: 'OCCURRED', node: null }] },
  ],
  clusters: [{ point: { latitude: 0, longitude: -1 } }],
  placed: { nodes: [at('location:x')] },
  talks: { nodes: [at('location:y'), at('location:z', 'location:y'), at('location:z'), at('location:z')] },
  documented: {
    nodes: [{
      id: 'event:most',
      states: [{ knownFrom: '2014-05-01T00:00:00Z' }, { knownFrom: '2015-01-01T00:00:00Z' }],
      claims: { nodes: [{ document: null }] },
    }],
  },
});

const variables = (list) =>
  Object.fromEntries(list.map((each) => [each.name, each.variables && JSON.parse(each.variables)]));

test('the query is valid', () => {
  const folder = new URL('../../../../schema/', import.meta.url);
  const texts = fs.readdirSync(folder).filter((name) => name.endsWith('.graphqls'))
    .map((name) => fs.readFileSync(new URL(name, folder), 'utf8'));
  assert.deepEqual(validate(buildSchema(texts.join('\n')), parse(fillQuery)), []);
});

test('the sample keeps its own', () => {
  assert.deepEqual(filled(examples, data(...idsOf(examples))), examples);
});

test('another graph gets its own', () => {
  assert.deepEqual(variables(filled(examples, data())), {
    place: { place: 'location:z' },
    pair: { from: 'actor:a', to: 'actor:b' },
    year: { filter: { time: { from: '2014-01', to: '2014-12' } } },
    since: { from: '1991-01-02' },
    point: { latitude: 0, longitude: -1, km: 150 },
    then: { id: 'event:most', then: '2014-05-01T00:00:00Z' },
    search: { text: 'Army', first: 5 },
    none: '',
  });
});

test('an example whose ids exist keeps them', () => {
  const all = variables(filled(examples, data('event:sample')));
  assert.deepEqual(all.then, { id: 'event:sample', then: '2025-12-21T12:00:00Z' });
  assert.deepEqual(all.search, { text: 'Army', first: 5 });
});

test('what asks for other kinds of events than the graph has comes last', () => {
  const list = [
    example('talks', '', '{ timeline(filter: { categories: [CONSULT] }) { totalCount } }'),
    example('strikes', '', '{ timeline(filter: { categories: [CONSULT, ASSAULT] }) { totalCount } }'),
    example('proposals', '', '{ timeline(filter: { modalities: [PROPOSED] }) { totalCount } }'),
    example('all', ''),
  ];
  const names = filled(list, { ...data(), nodes: [] }).map(({ name }) => name);
  assert.deepEqual(names, ['strikes', 'all', 'talks', 'proposals']);
});

test('what an empty graph lacks stays', () => {
  const empty = {
    nodes: idsOf(examples).map(() => null), extent: { earliest: null }, facets: Array(4).fill({ groups: [] }),
    clusters: [], placed: { nodes: [] }, talks: { nodes: [] }, documented: { nodes: [] },
  };
  assert.deepEqual(variables(filled(examples, empty)), variables(examples));
});
