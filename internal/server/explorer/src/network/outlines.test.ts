import assert from 'node:assert/strict';
import test from 'node:test';
import { communityColour, cornersOf } from './outlines';

const communities = [0, 1, 2, 3, 4, 5, 6, 7];

/** The area of an outline, by a grid's points from which a ray crosses it an odd number of times. */
function areaOf(corners: ReturnType<typeof cornersOf>): number {
  const step = 0.04;
  let inside = 0;
  for (let x = -3; x < 3; x += step) {
    for (let y = -3; y < 3; y += step) {
      let within = false;
      for (const [i, [ax, ay]] of corners.entries()) {
        const [bx, by] = corners[(i + 1) % corners.length] ?? [0, 0];
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
      }
      if (within) inside++;
    }
  }
  return inside * step * step;
}

test('communities differ by their shapes as by their colours', () => {
  assert.equal(new Set(communities.map((each) => JSON.stringify(cornersOf(each, 1)))).size, communities.length);
  assert.equal(new Set(communities.map(communityColour)).size, communities.length);
});

test('each shape has the area of its circle, so that its size can be compared', () => {
  assert.deepEqual(cornersOf(0, 5), []); // the circle itself
  for (const community of communities.slice(1)) {
    const area = areaOf(cornersOf(community, 1));
    assert.ok(Math.abs(area - Math.PI) < 0.15, `community ${community}: ${area}`);
  }
});

test('communities beyond the last share its shape and colour', () => {
  assert.deepEqual(cornersOf(40, 3), cornersOf(7, 3));
  assert.equal(communityColour(40), communityColour(7));
});
