import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { fitted } from './text';

/** A writer of letters that are 10 wide. */
function writer() {
  return {
    direction: 'inherit' as CanvasDirection,
    measureText: (text: string) => ({ width: 10 * Array.from(text).length }) as TextMetrics,
  };
}

test('a text that fits is left alone', () => {
  assert.equal(fitted(writer(), 'Kyiv', 40), 'Kyiv');
});

test('a longer one is cut as late as possible, and never within a code point', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 1, max: 50 }), (text, room) => {
      const found = fitted(writer(), text, 10 * room);
      if (found === text) return;
      const letters = Array.from(text);
      assert.equal(found, `${letters.slice(0, room - 1).join('')}…`);
      assert.ok(letters.length > room);
    }),
  );
  assert.equal(fitted(writer(), 'x'.repeat(10_000), 1e9).length, 301);
});

test('names are written in their own direction', () => {
  for (const [text, direction] of [
    ['Kyiv', 'ltr'],
    ['"><svg>', 'ltr'],
    ['(1) مرفأ Kyiv', 'rtl'],
    ['Kyiv مرفأ', 'ltr'],
    ['שלום', 'rtl'],
    ['', 'ltr'],
  ] as const) {
    const own = writer();
    fitted(own, text, 1000);
    assert.equal(own.direction, direction, text);
  }
});
