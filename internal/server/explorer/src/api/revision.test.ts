import assert from 'node:assert/strict';
import test from 'node:test';
import { answeredAt, askAgain, beforeQuestion, changed, changedTo, revision, round } from './revision';

test('a change is noticed by the stream and by an answer, and a question asks for all views again', ({ mock }) => {
  mock.timers.enable({ apis: ['Date'], now: 1e12 });
  const state = () => [revision.value, changed.value, round.value];
  changedTo('1');
  assert.deepEqual(state(), [undefined, false, 0]);
  answeredAt('1');
  answeredAt('1');
  beforeQuestion();
  assert.deepEqual(state(), ['1', false, 0]);

  changedTo('2');
  answeredAt('1'); // was on its way
  assert.deepEqual(state(), ['1', true, 0]);
  askAgain();
  assert.deepEqual(state(), ['2', false, 1]);

  answeredAt('3'); // before the stream tells it
  assert.deepEqual(state(), ['2', true, 1]);
  beforeQuestion();
  assert.deepEqual(state(), ['2', true, 1], 'not so soon again');
  mock.timers.tick(5000);
  beforeQuestion();
  assert.deepEqual(state(), ['3', false, 2]);
});
