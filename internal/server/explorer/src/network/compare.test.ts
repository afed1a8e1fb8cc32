import assert from 'node:assert/strict';
import test from 'node:test';
import { compare, type NetworkData, withChanged } from './compare';

function network(links: Record<string, number>, { nodes = '', truncated = false } = {}): NetworkData {
  const ids = new Set([...nodes.split(''), ...Object.keys(links).flatMap((pair) => pair.split(''))]);
  return {
    totalNodes: ids.size,
    totalLinks: Object.keys(links).length,
    truncated,
    nodes: [...ids].map((id) => ({
      events: 1,
      weightedDegree: 1,
      community: 0,
      actor: { id, label: { value: id, language: null, direction: 'LTR' } },
    })),
    links: Object.entries(links).map(([pair, weight]) => ({
      source: [...ids].indexOf(pair.charAt(0)),
      target: [...ids].indexOf(pair.charAt(1)),
      weight,
      statuses: { unverified: weight, denied: pair === 'bc' ? 1 : 0 },
    })),
  };
}

const compared = (now: NetworkData, before?: NetworkData, maxLinks = 100) =>
  compare({ network: now, maxLinks }, before && { network: before, maxLinks });

const said = (now: NetworkData, before: NetworkData | undefined) => {
  const { nodes, links } = compared(now, before);
  return [
    Object.fromEntries(nodes.map(({ node, difference }) => [node.actor.id, difference])),
    Object.fromEntries(links.map(({ a, b, difference }) => [a + b, difference])),
  ];
};

test('ties say how well they are supported', () => {
  const { links } = compared(network({ ab: 2, bc: 1 }));
  assert.deepEqual(
    links.map(({ support }) => [support?.unverified, support?.denied]),
    [
      [true, false],
      [true, true],
    ],
  );
});

test('without an earlier moment nothing differs', () => {
  assert.deepEqual(said(network({ ab: 1 }), undefined), [{ a: undefined, b: undefined }, { ab: undefined }]);
});

test('actors and ties are gained and lost, and ties change their weight', () => {
  assert.deepEqual(said(network({ ab: 2, bc: 1, ac: 4 }), network({ ab: 2, bc: 3, bd: 1 })), [
    { a: undefined, b: undefined, c: undefined, d: 'lost' },
    { ab: undefined, bc: 'changed', ac: 'gained', bd: 'lost' },
  ]);
});

test('actors and ties of events that changed have changed, unless they are new', () => {
  const [now, before] = [network({ ab: 2, bc: 1, ad: 1 }), network({ ab: 2, bc: 1 })];
  const { nodes, links } = withChanged(compared(now, before), network({ ab: 1, ad: 1 }));
  assert.deepEqual(
    nodes.map(({ node, difference }) => [node.actor.id, difference]),
    [
      ['a', 'changed'],
      ['b', 'changed'],
      ['c', undefined],
      ['d', 'gained'],
    ],
  );
  assert.deepEqual(
    links.map(({ a, b, difference }) => [a + b, difference]),
    [
      ['ab', 'changed'],
      ['bc', undefined],
      ['ad', 'gained'],
    ],
  );
});

test('what an answer may have left out is not said to be gained or lost', () => {
  const now = network({ ab: 2, ac: 1 }, { truncated: true });
  const before = network({ bd: 1, bc: 1 }, { nodes: 'a', truncated: true });
  // c, a and b are in both answers, so a tie between them would be, too; d is in one only.
  assert.deepEqual(said(now, before), [
    { a: undefined, b: undefined, c: undefined },
    { ab: 'gained', ac: 'gained', bc: 'lost' },
  ]);
  const short = compared(now, { ...network({ bd: 1, bc: 1 }), truncated: true });
  assert.deepEqual(
    short.links.map(({ difference }) => difference),
    [undefined, undefined, 'lost'],
  );
});

test('an answer with as many links as it may have may lack others', () => {
  const links = Object.fromEntries('bcdefghijk'.split('').map((id) => [`a${id}`, 1]));
  assert.equal(Object.keys(links).length, 10);
  const before = network(links, { truncated: true });
  assert.equal(compared(network({ bc: 1 }), before, 10).links[0]?.difference, undefined);
  assert.equal(compared(network({ bc: 1 }), before, 20).links[0]?.difference, 'gained');
});
