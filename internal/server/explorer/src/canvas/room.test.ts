import assert from 'node:assert/strict';
import test from 'node:test';
import { Room } from './room';

test('a rectangle that overlaps another has no room, one that touches it has', () => {
  const room = new Room();
  const at = (left: number, top: number) => ({ left, top, right: left + 10, bottom: top + 5 });
  room.take(at(0, 0));
  assert.equal(room.fits(at(9, 4)), false);
  assert.equal(room.fits(at(10, 4)), true);
  assert.equal(room.fits(at(11, 0)), false);
  assert.equal(room.fits(at(0, 5)), true);
});
