import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Named, nameGap, nameHeight, shownNames } from './names';

function node(x: number, y: number, radius: number, wanted = false): Named {
  return { x, y, radius, width: 80, wanted };
}

test('the name of the greater node is drawn where there is room for one', () => {
  assert.deepEqual(shownNames([node(0, 0, 5), node(40, 3, 9)]), [1]);
  assert.deepEqual(shownNames([node(0, 0, 5), node(100, 3, 9)]), [1, 0]);
  assert.deepEqual(shownNames([node(0, 0, 5), node(0, 40, 9)]), [1, 0]);
});

test('a name does not cover the middle of a greater node, but may cover a smaller one', () => {
  assert.deepEqual(shownNames([node(0, 0, 9), node(0, 20, 5)]), [0, 1]);
  assert.deepEqual(shownNames([node(0, 0, 5), node(0, 20, 9)]), [1]);
});

test('a wanted name is drawn in any case', () => {
  assert.deepEqual(shownNames([node(0, 0, 5, true), node(40, 3, 9)]), [0]);
  assert.deepEqual(shownNames([node(0, 0, 5, true), node(40, 3, 9, true)]), [1, 0]);
});

test('no two names overlap, and a name that is left out has no room', () => {
  const some = fc.record({
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 300 }),
    radius: fc.integer({ min: 4, max: 18 }),
    width: fc.integer({ min: 10, max: 200 }),
    wanted: fc.constant(false),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 40 }), (nodes) => {
      const shown = shownNames(nodes).map((index) => nodes[index]);
      const overlap = (a: Named, b: Named) =>
        Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y + a.radius - b.y - b.radius) < nameHeight;
      for (const [i, a] of shown.entries()) for (const b of shown.slice(i + 1)) assert.ok(a && b && !overlap(a, b));
      for (const each of nodes.filter((one) => !shown.includes(one))) {
        const covers = (other: Named) => {
          const middle = each.y + each.radius + nameGap + nameHeight / 2;
          return (
            Math.abs(each.x - other.x) < each.width / 2 + other.radius &&
            Math.abs(middle - other.y) < nameHeight / 2 + other.radius
          );
        };
        assert.ok(
          shown.some((other) => other && overlap(each, other)) ||
            nodes.some((other) => other !== each && other.radius >= each.radius && covers(other)),
        );
      }
    }),
  );
});
