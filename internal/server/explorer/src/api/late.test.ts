import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { latePanels, latePause, waitOf } from './late';

test('a panel is late while one of its questions waits for too long', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const [first, second, other] = [waitOf('map'), waitOf('map'), waitOf(undefined)];
  for (const wait of [first, second, other]) wait.start();
  mock.timers.tick(latePause - 1);
  assert.deepEqual([...latePanels.value], []);
  mock.timers.tick(1);
  assert.deepEqual([...latePanels.value], ['map']);
  first.end();
  assert.deepEqual([...latePanels.value], ['map']);
  second.end();
  assert.deepEqual([...latePanels.value], []);

  first.start();
  mock.timers.tick(latePause - 1);
  first.start(); // asked again: the panel shows the earlier answer all the time
  mock.timers.tick(1);
  assert.deepEqual([...latePanels.value], ['map']);
  first.end();
  first.end();
  assert.deepEqual([...latePanels.value], []);

  first.start();
  first.end();
  mock.timers.tick(latePause);
  assert.deepEqual([...latePanels.value], []);
  mock.timers.reset();
});
