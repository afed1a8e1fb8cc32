import assert from 'node:assert/strict';
import test from 'node:test';
import english from './languages/en.json';
import { format } from './template';
import { dateText, describeTime, knownMoment, type Time } from './time';

const t = (key: string, parameters = {}) =>
  format('en', (english as Record<string, unknown>)[key] as string, parameters);

function described(
  edtf: string,
  earliest: string | null,
  latest: string | null,
  precision: string,
  timeZone = 'UTC',
) {
  const time: Time = {
    edtf,
    earliest,
    latest,
    precision,
    approximate: /[~%]/.test(edtf),
    uncertain: /[?%]/.test(edtf),
  };
  return describeTime(time, { language: 'en', t, timeZone }).replace(/[\u2009\u202f\u00a0]/g, ' ');
}

const cases: [edtf: string, earliest: string | null, latest: string | null, precision: string, want: string][] = [
  ['2025-12-20', '2025-12-20T00:00:00Z', '2025-12-21T00:00:00Z', 'DAY', 'December 20, 2025'],
  ['2025-12', '2025-12-01T00:00:00Z', '2026-01-01T00:00:00Z', 'MONTH', 'December 2025'],
  ['2025', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'YEAR', '2025'],
  ['202X', '2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z', 'INTERVAL', '2020 – 2029'],
  ['2025-21', '2025-03-01T00:00:00Z', '2025-06-01T00:00:00Z', 'SEASON', 'spring 2025'],
  ['2025-33', '2025-01-01T00:00:00Z', '2025-04-01T00:00:00Z', 'SEASON', 'first quarter of 2025'],
  ['2025-12-19/2025-12-20', '2025-12-19T00:00:00Z', '2025-12-21T00:00:00Z', 'INTERVAL', 'December 19 – 20, 2025'],
  ['2025-11/2025-12', '2025-11-01T00:00:00Z', '2026-01-01T00:00:00Z', 'INTERVAL', 'November – December 2025'],
  [
    '[2025-12-19..2025-12-21]',
    '2025-12-19T00:00:00Z',
    '2025-12-22T00:00:00Z',
    'INTERVAL',
    'a time within December 19 – 21, 2025',
  ],
  ['2025-07~', '2025-07-01T00:00:00Z', '2025-08-01T00:00:00Z', 'MONTH', 'about July 2025'],
  ['2025-07?', '2025-07-01T00:00:00Z', '2025-08-01T00:00:00Z', 'MONTH', 'July 2025, uncertain'],
  ['2025%', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'YEAR', 'about 2025, uncertain'],
  ['../2022-02-24', null, '2022-02-25T00:00:00Z', 'INTERVAL', 'until February 24, 2022'],
  ['/2025-12-21', null, '2025-12-22T00:00:00Z', 'INTERVAL', 'until December 21, 2025, start unknown'],
  ['2022-02-24/..', '2022-02-24T00:00:00Z', null, 'INTERVAL', 'since February 24, 2022'],
  ['2022-02-24/', '2022-02-24T00:00:00Z', null, 'INTERVAL', 'from February 24, 2022, end unknown'],
  ['[2025-12-20..]', '2025-12-20T00:00:00Z', null, 'INTERVAL', 'at some time from December 20, 2025 on'],
  ['[2025-12-20,2025-12-24..]', '2025-12-20T00:00:00Z', null, 'INTERVAL', 'at some time from December 20, 2025 on'],
  ['[..2025-12-20]', null, '2025-12-21T00:00:00Z', 'INTERVAL', 'at some time until December 20, 2025'],
  ['{2025-12-20..}', '2025-12-20T00:00:00Z', null, 'INTERVAL', 'since December 20, 2025'],
  ['XXXX', null, null, 'UNKNOWN', 'time unknown'],
  ['-9999', '-009999-01-01T00:00:00Z', '-009998-01-01T00:00:00Z', 'YEAR', '10000 BC'],
  ['-0043-03-15', '-000043-03-15T00:00:00Z', '-000043-03-16T00:00:00Z', 'DAY', 'March 15, 44 BC'],
  ['-0001/0002', '-000001-01-01T00:00:00Z', '0003-01-01T00:00:00Z', 'INTERVAL', '2 BC – 2 AD'],
];

for (const [edtf, earliest, latest, precision, want] of cases) {
  test(`${edtf} is "${want}"`, () => assert.equal(described(edtf, earliest, latest, precision), want));
}

test('a date without a time is the same in every zone, a moment is not', () => {
  for (const zone of ['America/New_York', 'Europe/Kyiv', 'Pacific/Kiritimati']) {
    const day = described('2025-12-20', '2025-12-20T00:00:00Z', '2025-12-21T00:00:00Z', 'DAY', zone);
    assert.equal(day, 'December 20, 2025');
  }
  const at = (zone: string) =>
    described('2025-12-20T23:30:00Z', '2025-12-20T23:30:00Z', '2025-12-20T23:30:01Z', 'INSTANT', zone);
  assert.match(at('America/New_York'), /December 20, 2025.* 06:30 PM/);
  assert.match(at('Europe/Kyiv'), /December 21, 2025.* 01:30 AM/);
});

test('what is known from a midnight in UTC on is known at the end of a day, in every zone', () => {
  for (const timeZone of ['America/New_York', 'Pacific/Kiritimati']) {
    const known = (instant: string) => knownMoment(instant, { language: 'en', t, timeZone });
    assert.equal(known('2025-12-22T00:00:00Z'), 'December 21, 2025');
    assert.equal(known('2024-03-01T00:00:00.000Z'), 'February 29, 2024');
    assert.equal(known('2026-01-01T02:00:00+02:00'), 'December 31, 2025');
  }
  const noon = (timeZone: string) => knownMoment('2025-12-21T12:00:00Z', { language: 'en', t, timeZone });
  assert.match(noon('America/New_York'), /December 21, 2025.* 07:00.AM/);
  assert.match(noon('Pacific/Kiritimati'), /December 22, 2025.* 02:00.AM/);
});

test('a day of an address is in words, a range stays from left to right', () => {
  const cases = [
    ['2025-12-20', 'December 20, 2025'],
    ['2025', '2025'],
    ['2025-12', '\u20662025-12\u2069'],
    ['2025-13-45', '\u20662025-13-45\u2069'],
    ['2022-02-24/..', '\u20662022-02-24/..\u2069'],
  ] as const;
  for (const [text, want] of cases) assert.equal(dateText(text, { language: 'en' }), want);
});
