import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { boxBetween, fit, fromScreen, pan, pixelsPerKm, project, toScreen, unproject, zoomAt } from './mercator';

const near = (a: number, b: number, tolerance = 1e-6) => assert.ok(Math.abs(a - b) <= tolerance, `${a} and ${b}`);
const size = { width: 800, height: 600 };
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
// From zoom 4 on the world is wider than the screen.
const camera = fc.record({ longitude: number(-170, 170), latitude: number(-75, 75), zoom: number(4, 12) });
const point = fc.record({ x: number(0, 800), y: number(0, 600) });

test('known places', () => {
  near(project(0, 0).x, 0.5);
  near(project(0, 0).y, 0.5);
  near(project(180, 85.05112878).y, 0);
  near(unproject(project(30.7233, 46.4825)).latitude, 46.4825);
  // A tile of zoom 0 is the equator's 40,075 km.
  near(pixelsPerKm(0, 0) * 40_075.017, 256);
  near(pixelsPerKm(0, 60) / pixelsPerKm(0, 0), 2);
});

test('screen and place are inverse', () => {
  fc.assert(
    fc.property(camera, point, (c, at) => {
      const place = fromScreen(c, size, at);
      fc.pre(Math.abs(place.latitude) < 85);
      const back = toScreen(c, size, place.longitude, place.latitude);
      near(back.x, at.x, 1e-3);
      near(back.y, at.y, 1e-3);
    }),
  );
});

test('a zoom keeps the place below the pointer', () => {
  fc.assert(
    fc.property(camera, point, number(0.3, 3), (c, at, factor) => {
      const before = fromScreen(c, size, at);
      const zoomed = zoomAt(c, size, factor, at);
      fc.pre(Math.abs(zoomed.latitude) < 85 && Math.abs(before.latitude) < 85);
      const after = toScreen(zoomed, size, before.longitude, before.latitude);
      near(after.x, at.x, 1e-2);
      near(after.y, at.y, 1e-2);
    }),
  );
});

test('a pan moves places by its pixels', () => {
  const c = { longitude: 30, latitude: 50, zoom: 5 };
  const moved = pan(c, 40, -25);
  const at = toScreen(moved, size, 30, 50);
  near(at.x, 440);
  near(at.y, 275);
});

test('a box fits, also across the antimeridian', () => {
  for (const box of [
    { west: 22, south: 44, east: 40, north: 52 },
    { west: 170, south: -20, east: -170, north: -10 },
  ]) {
    const c = fit(box, size);
    for (const [longitude, latitude] of [
      [box.west, box.south],
      [box.east, box.north],
    ] as const) {
      const { x, y } = toScreen(c, size, longitude, latitude);
      assert.ok(x >= 0 && x <= size.width && y >= 0 && y <= size.height, `${x} ${y}`);
    }
  }
});

test('a rectangle of the screen is a box', () => {
  const box = boxBetween({ longitude: 179, latitude: 0, zoom: 4 }, size, { x: 700, y: 500 }, { x: 100, y: 100 });
  assert.ok(box.west > box.east, 'it crosses the antimeridian');
  assert.ok(box.south < box.north);
});
