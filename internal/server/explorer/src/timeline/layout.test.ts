import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  axisHeight,
  barLayout,
  columnLayout,
  labelHeight,
  leastBarHeight,
  leastColumnHeight,
  rowAt,
  rowTop,
} from './layout';

const rows = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 });
const height = fc.integer({ min: 100, max: 1500 });

test('rows lie within their lane, one below the other, and a point in a row finds it', () => {
  fc.assert(
    fc.property(rows, height, (counts, tall) => {
      const layout = barLayout(tall, counts);
      assert.ok(layout.rowHeight >= 4.99 && layout.rowHeight <= 14);
      counts.forEach((n, lane) => {
        const { top, height: own } = layout.lanes[lane] ?? { top: 0, height: 0 };
        for (let row = 0; row < n; row++) {
          const y = rowTop(layout, lane, row);
          assert.ok(y >= top + labelHeight && y + layout.rowHeight <= top + own + 0.01);
          assert.deepEqual(rowAt(layout, y + layout.rowHeight / 2), { lane, row });
        }
      });
      const last = layout.lanes.at(-1);
      assert.ok(Math.abs((last?.top ?? 0) + (last?.height ?? 0) - layout.bottom) < 0.01);
    }),
  );
});

test('a drawing is as high as asked for, unless its rows need more', () => {
  fc.assert(
    fc.property(rows, height, (counts, tall) =>
      assert.equal(barLayout(tall, counts).bottom, Math.max(tall, leastBarHeight(counts))),
    ),
  );
});

test('lanes with more rows are higher', () => {
  const { lanes } = barLayout(150, [1, 6]);
  assert.ok((lanes[1]?.height ?? 0) > 2 * (lanes[0]?.height ?? 0));
});

test('columns of one scale fit their lanes, and the lanes the drawing', () => {
  const greatest = fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(greatest, height, (most, tall) => {
      const { layout, one } = columnLayout(tall, most);
      assert.equal(layout.bottom, Math.max(tall, leastColumnHeight(most.length)));
      most.forEach((n, lane) =>
        assert.ok(labelHeight + Math.sqrt(n) * one <= (layout.lanes[lane]?.height ?? 0) + 0.01),
      );
      const last = layout.lanes.at(-1);
      assert.ok((last?.top ?? 0) + (last?.height ?? 0) <= layout.bottom + 0.01);
    }),
  );
});

test('a lane of four times as many events has columns twice as high', () => {
  const { layout, one } = columnLayout(axisHeight + 330, [100, 400]);
  assert.ok(Math.abs(one * 30 - 300) < 1e-9);
  assert.deepEqual(
    layout.lanes.map((lane) => Math.round(lane.height)),
    [115, 215],
  );
});
