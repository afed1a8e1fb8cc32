import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { pointsBefore, type Place, segments } from './marks';

test('a text is divided where items begin and end', () => {
  const places: Place[] = [
    { key: '1', sentences: [{ start: 0, end: 5 }], words: [{ start: 1, end: 3 }] },
    { key: '2', sentences: [{ start: 2, end: 9 }], words: [] },
  ];
  assert.deepEqual(segments('🕊️bcdefg', places), [
    { start: 0, text: '🕊', sentences: ['1'], words: [] },
    { start: 1, text: '\ufe0f', sentences: ['1'], words: ['1'] },
    { start: 2, text: 'b', sentences: ['1', '2'], words: ['1'] },
    { start: 3, text: 'cd', sentences: ['1', '2'], words: [] },
    { start: 5, text: 'efg', sentences: ['2'], words: [] },
  ]);
});

test('ranges outside the text, empty and reversed ones mark nothing', () => {
  const words = [
    { start: 7, end: 9 },
    { start: 2, end: 2 },
    { start: 3, end: 1 },
    { start: -4, end: 0 },
  ];
  assert.deepEqual(segments('abcd', [{ key: '1', sentences: [], words }]), [
    { start: 0, text: 'abcd', sentences: [], words: [] },
  ]);
});

test('the parts are the whole text, and each code point has the items whose ranges hold it', () => {
  const range = fc.record({ start: fc.integer({ min: -2, max: 12 }), end: fc.integer({ min: -2, max: 12 }) });
  const place = fc.record({
    key: fc.constantFrom('1', '2', '3'),
    sentences: fc.array(range, { maxLength: 3 }),
    words: fc.array(range, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.array(place, { maxLength: 4 }),
      (text, places) => {
        const parts = segments(text, places);
        assert.equal(parts.map((part) => part.text).join(''), text);
        for (const part of parts) {
          const end = part.start + Array.from(part.text).length;
          for (let at = part.start; at < end; at++) {
            for (const kind of ['sentences', 'words'] as const) {
              const want = places.filter((each) => each[kind].some(({ start, end: to }) => start <= at && at < to));
              assert.deepEqual(new Set(part[kind]), new Set(want.map(({ key }) => key)));
            }
          }
        }
      },
    ),
  );
});

test('offsets of UTF-16 become code points', () => {
  assert.equal(pointsBefore('🕊️a', '🕊️'.length), 2);
});
