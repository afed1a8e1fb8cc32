import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { toScreen } from './mercator';
import { apart, radiusOf, ringOf } from './radius';

const camera = { longitude: 30, latitude: 48, zoom: 5 };
const size = { width: 800, height: 600 };

test('a mark that is alone grows with its events, up to a bound', () => {
  const radius = (events: number) => radiusOf({ longitude: 30, latitude: 48, events }, camera);
  assert.equal(radius(1), 8);
  assert.ok(radius(1) < radius(10) && radius(10) < radius(100));
  assert.equal(radius(100_000), 34);
});

test('a mark is not smaller than its precision, also next to another', () => {
  const [circle] = apart([
    { longitude: 30, latitude: 48, events: 1, radiusKm: 80 },
    { longitude: 30.1, latitude: 48, events: 1 },
  ]);
  assert.ok(circle);
  // 80 of 40,075 km of the equator, at 48 degrees.
  const want = (80 / (40_075 * Math.cos((48 * Math.PI) / 180))) * 256 * 2 ** 5;
  assert.ok(Math.abs(radiusOf(circle, camera) - want) < 0.01);
  assert.equal(ringOf(circle, camera), undefined);
});

test('neighbours overlap by a little at most, unless they are nearer than the smallest marks', () => {
  const some = fc.record({
    longitude: fc.integer({ min: 200, max: 400 }).map((n) => n / 10),
    latitude: fc.integer({ min: 440, max: 520 }).map((n) => n / 10),
    events: fc.integer({ min: 1, max: 5000 }),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 40 }), (marks) => {
      const drawn = apart(marks).map((mark) => ({
        mark,
        at: toScreen(camera, size, mark.longitude, mark.latitude),
        radius: radiusOf(mark, camera),
      }));
      assert.deepEqual(
        drawn.map(({ mark }) => mark.events),
        marks.map((mark) => mark.events),
      );
      for (const [i, a] of drawn.entries()) {
        for (const b of drawn.slice(i + 1)) {
          const distance = Math.hypot(a.at.x - b.at.x, a.at.y - b.at.y);
          if (distance > 0) assert.ok(a.radius + b.radius <= Math.max(16, 8 + 0.6 * distance, 1.2 * distance));
        }
      }
    }),
  );
});
