import assert from 'node:assert/strict';
import test from 'node:test';
import { type Graph, layout } from './layout';

const graph: Graph = {
  radii: [6, 6, 6, 6, 6],
  links: [
    { source: 0, target: 1, weight: 9 },
    { source: 1, target: 2, weight: 1 },
  ],
};

const last = (g: Graph) => [...layout(g, 1000)].at(-1) ?? new Float32Array();
const distance = (p: Float32Array, a: number, b: number) =>
  Math.hypot((p[2 * a] ?? 0) - (p[2 * b] ?? 0), (p[2 * a + 1] ?? 0) - (p[2 * b + 1] ?? 0));

test('the same network has the same layout', () => {
  assert.deepEqual(last(graph), last(graph));
});

test('the more events two actors share, the nearer they are, and none covers another', () => {
  const positions = last(graph);
  assert.ok(distance(positions, 0, 1) < distance(positions, 1, 2));
  for (let a = 0; a < 5; a++) for (let b = 0; b < a; b++) assert.ok(distance(positions, a, b) >= 12);
});

test('positions are reported while the layout settles', () => {
  assert.equal([...layout(graph, 100)].length, 3);
  assert.equal([...layout({ radii: [], links: [] }, 100)].at(-1)?.length, 0);
});
