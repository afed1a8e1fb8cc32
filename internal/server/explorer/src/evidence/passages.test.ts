import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { passages } from './passages';

const verified = (start: number, end: number) => ({ start, end, state: 'VERIFIED' });

test('offsets count code points', () => {
  assert.deepEqual(passages('🕊️ мир 🕊️', [verified(3, 6)], 100), [
    { text: '🕊️ ' },
    { text: 'мир', state: 'VERIFIED' },
    { text: ' 🕊️' },
  ]);
});

test('text far from the words is left out', () => {
  assert.deepEqual(passages('0123456789abcdefghij', [verified(5, 7), verified(15, 16)], 2), [
    { text: '34', gap: true },
    { text: '56', state: 'VERIFIED' },
    { text: '78' },
    { text: 'de', gap: true },
    { text: 'f', state: 'VERIFIED' },
    { text: 'gh' },
    { text: '', gap: true },
  ]);
});

test('contexts that meet are joined, overlapping spans are shown once', () => {
  assert.deepEqual(
    passages('0123456789', [verified(1, 3), verified(2, 5), { start: 6, end: 8, state: 'REANCHORED' }], 5),
    [
      { text: '0' },
      { text: '12', state: 'VERIFIED' },
      { text: '34', state: 'VERIFIED' },
      { text: '5' },
      { text: '67', state: 'REANCHORED' },
      { text: '89' },
    ],
  );
});

test('spans outside the text mark nothing', () => {
  assert.deepEqual(passages('abc', [verified(2, 9), verified(-1, 1), verified(1, 1)], 5), []);
});

test('with enough context the parts are the whole text, and each code point of a span is marked', () => {
  const span = fc.tuple(fc.nat(30), fc.nat(30)).map(([a, b]) => verified(Math.min(a, b), Math.max(a, b)));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.array(span, { minLength: 1 }), (text, spans) => {
      const length = Array.from(text).length;
      const inside = spans.filter(({ start, end }) => start < end && end <= length);
      const parts = passages(text, spans, 1000);
      if (inside.length === 0) return assert.deepEqual(parts, []);
      assert.equal(parts.map((part) => part.text).join(''), text);
      const marked = parts.flatMap((part) => Array.from(part.text).map(() => part.state !== undefined));
      marked.forEach((is, i) =>
        assert.equal(
          is,
          inside.some(({ start, end }) => start <= i && i < end),
        ),
      );
    }),
  );
});
