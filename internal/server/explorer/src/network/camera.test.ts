import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { fit } from './camera';

test('all nodes are drawn with room for their names, unless the drawing is tiny', () => {
  const coordinate = fc.integer({ min: -2000, max: 2000 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 400, max: 2000 }),
      fc.integer({ min: 300, max: 2000 }),
      (points, width, height) => {
        const { scale, x, y } = fit(Float32Array.from(points.flat()), { width, height });
        for (const [px, py] of points) {
          const at = { x: px * scale + x, y: py * scale + y };
          assert.ok(at.x >= 60 && at.x <= width - 60, `x ${at.x} of ${width}`);
          assert.ok(at.y >= 20 && at.y <= height - 36, `y ${at.y} of ${height}`);
        }
      },
    ),
  );
});
