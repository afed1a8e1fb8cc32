import assert from 'node:assert/strict';
import test from 'node:test';
import { type Action, actionOf } from './keys';

const pressed = (key: string, code: string, more = {}) =>
  actionOf({ key, code, ctrlKey: false, metaKey: false, altKey: false, ...more });

test('letters count by their character, and by their place in other scripts', () => {
  const cases: [key: string, code: string, want: Action | undefined][] = [
    ['a', 'KeyA', 'accept'],
    ['A', 'KeyA', 'accept'],
    ['a', 'KeyQ', 'accept'], // a French keyboard
    ['q', 'KeyA', undefined],
    ['ф', 'KeyA', 'accept'],
    ['ش', 'KeyA', 'accept'],
    ['о', 'KeyJ', 'next'],
    ['ArrowUp', 'ArrowUp', 'previous'],
    ['?', 'Slash', 'help'],
    ['؟', 'Slash', 'help'],
    ['Tab', 'Tab', undefined],
    ['Enter', 'Enter', undefined],
    ['1', 'Digit1', undefined],
  ];
  for (const [key, code, want] of cases) assert.equal(pressed(key, code), want, `${key} ${code}`);
});

test('keys of the browser and the system are theirs', () => {
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) {
    assert.equal(pressed('a', 'KeyA', { [modifier]: true }), undefined);
  }
});
