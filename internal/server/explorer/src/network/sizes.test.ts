import assert from 'node:assert/strict';
import test from 'node:test';
import { radiiOf, shownRadius, shownWidth, widthsOf } from './sizes';

test('actors of few events differ, and so do those of many', () => {
  const few = radiiOf([1, 10, 40]);
  assert.ok(few.every((radius, i) => i === 0 || radius > (few[i - 1] ?? 0)));
  const many = radiiOf([1_000, 40_000, 160_000]);
  assert.deepEqual(many.map(Math.round), [5, 11, 18]);
  assert.deepEqual(radiiOf([]), []);
});

test('actors shrink with the drawing, never below the smallest size, and do not grow', () => {
  assert.equal(shownRadius(18, { scale: 0.5 }), 9);
  assert.equal(shownRadius(18, { scale: 0.1 }), 4);
  assert.equal(shownRadius(18, { scale: 3 }), 18);
});

test('ties of few events differ, and so do those of many', () => {
  assert.deepEqual(widthsOf([1, 147]), [0.8, 8]);
  assert.deepEqual(widthsOf([1, 100, 10_000]).map(Math.round), [1, 4, 8]);
  assert.equal(shownWidth(8, { scale: 0.5 }), 4);
  assert.equal(shownWidth(1, { scale: 0.1 }), 0.8);
  assert.equal(shownWidth(1, { scale: 4 }), 1);
});
