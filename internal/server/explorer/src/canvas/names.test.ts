import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Mark, type Named, nameGap, nameHeight, placeNames } from './names';

const size = { width: 400, height: 300 };

function node(x: number, y: number, radius: number, wanted = false): Named {
  return { x, y, radius, width: 80, wanted };
}

/** Returns where the names of nodes are, as seen from them, or undefined for a name that is left out. */
function sides(nodes: Named[], signs: Mark[] = []): (string | undefined)[] {
  const placed = placeNames(nodes, signs, size);
  return nodes.map((own) => {
    const at = placed.find((each) => each.node === own)?.at;
    if (!at) return undefined;
    if (at.left > own.x) return 'right';
    if (at.right < own.x) return 'left';
    return at.top > own.y ? 'below' : 'above';
  });
}

test('a name is below its actor, or above it or at its side where the name of a greater one is below', () => {
  assert.deepEqual(sides([node(200, 100, 5)]), ['below']);
  assert.deepEqual(sides([node(200, 100, 5), node(240, 103, 9)]), ['above', 'below']);
  assert.deepEqual(sides([node(200, 100, 5), node(300, 103, 9)]), ['below', 'below']);
});

test('a name covers no mark, however small it is, and no sign', () => {
  assert.deepEqual(sides([node(200, 100, 9), node(200, 120, 4)]), ['above', 'below']);
  const around = [node(200, 120, 4), node(200, 80, 4)].map((each) => ({ ...each, width: 500 }));
  assert.deepEqual(sides([node(200, 100, 9), ...around]), ['right', undefined, undefined]);
  assert.deepEqual(sides([node(200, 100, 9), node(230, 100, 4), ...around]).slice(0, 2), ['left', 'right']);
  const signs = [116, 84].map((y) => ({ x: 200, y, radius: 5 }));
  assert.deepEqual(sides([node(200, 100, 9)], signs), ['right']);
});

test('a name is within the drawing', () => {
  assert.deepEqual(sides([node(10, 100, 9)]), ['right']);
  assert.deepEqual(sides([node(390, 100, 9)]), ['left']);
  assert.deepEqual(sides([node(200, 290, 9)]), ['above']);
});

test('a wanted name is drawn in any case, instead of names that it covers, and moves no other', () => {
  const crowd = [node(200, 100, 5), node(200, 116, 9), node(200, 84, 9), node(214, 100, 9), node(186, 100, 9)];
  const before = sides(crowd);
  assert.equal(before[0], undefined);
  const [first, ...rest] = sides(crowd.map((each, i) => ({ ...each, wanted: i === 0 })));
  assert.equal(first, 'below');
  for (const [i, side] of rest.entries()) assert.ok(side === undefined || side === before[i + 1]);
  const shown = [node(200, 100, 5), node(240, 103, 9)];
  assert.deepEqual(sides(shown.map((each) => ({ ...each, wanted: true }))), sides(shown));
});

test('names cover nothing, and one that is left out has no place', () => {
  const some = fc.record({
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 300 }),
    radius: fc.integer({ min: 4, max: 18 }),
    width: fc.integer({ min: 10, max: 200 }),
    wanted: fc.constant(false),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 40 }), (nodes) => {
      const placed = placeNames(nodes, [], size);
      // Whether a name around a point covers something around another.
      const covers = (x: number, y: number, own: Named, other: { x: number; y: number; w: number; h: number }) =>
        Math.abs(x - other.x) < (own.width + other.w) / 2 && Math.abs(y - other.y) < (nameHeight + other.h) / 2;
      const marks = nodes.map(({ x, y, radius }) => ({ x, y, w: 2 * radius, h: 2 * radius }));
      const names = placed.map(({ node: { width }, at: { left, right, top, bottom } }) => ({
        x: (left + right) / 2,
        y: (top + bottom) / 2,
        w: width,
        h: nameHeight,
      }));
      placed.forEach(({ node: own }, i) => {
        const { x, y } = names[i] ?? { x: NaN, y: NaN };
        for (const other of [...marks, ...names.toSpliced(i, 1)]) assert.ok(!covers(x, y, own, other));
      });
      for (const own of nodes.filter((each) => !placed.some((other) => other.node === each))) {
        const below = own.y + own.radius + nameGap + nameHeight / 2;
        const within =
          own.x >= own.width / 2 && own.x + own.width / 2 <= size.width && below + nameHeight / 2 <= size.height;
        assert.ok(!within || [...marks, ...names].some((other) => covers(own.x, below, own, other)));
      }
    }),
  );
});
