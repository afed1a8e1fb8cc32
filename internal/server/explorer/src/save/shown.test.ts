import assert from 'node:assert/strict';
import test from 'node:test';
import { shownEvents } from './shown';

const nodes = (...ids: string[]) => ids.map((id) => ({ id }));

test('the events of the list come first, each once, and the list says how many there are', () => {
  const found = shownEvents([
    { panel: 'timeline', data: { timeline: { nodes: nodes('c', 'a', 'd') } } },
    { panel: undefined, data: undefined },
    { panel: 'map', data: { clusters: [] } },
    { panel: 'list', data: { timeline: { totalCount: 60, nodes: nodes('a', 'b') } } },
    { panel: 'list', data: { timeline: { totalCount: 60, nodes: nodes('c') } } },
  ]);
  assert.deepEqual(found, { ids: ['a', 'b', 'c', 'd'], all: 60 });
});

test('there are at most two hundred', () => {
  const many = Array.from({ length: 300 }, (_, i) => String(i));
  const found = shownEvents([{ panel: 'list', data: { timeline: { totalCount: 1000, nodes: nodes(...many) } } }]);
  assert.deepEqual(found, { ids: many.slice(0, 200), all: 1000 });
});
