import assert from 'node:assert/strict';
import test from 'node:test';
import english from '../i18n/languages/en.json';
import { format } from '../i18n/template';
import { type Bounds, describe, joined } from './figure';

const t = (key: string, parameters = {}) =>
  format('en', (english as Record<string, unknown>)[key] as string, parameters);
const bounds = (low: number | null, best: number | null, high: number | null): Bounds => ({ low, best, high });

test('figures in words', () => {
  assert.equal(describe(bounds(8, 8, 8), t), '8');
  assert.equal(describe(bounds(8, 8, null), t), 'at least 8');
  assert.equal(describe(bounds(null, null, 8), t), 'at most 8');
  assert.equal(describe(bounds(5, 6, 8), t), '5 to 8, stated last: 6');
  assert.equal(describe(bounds(5, 8, 8), t), '5 to 8');
  assert.equal(describe(bounds(null, 8000, null), t), 'about 8,000');
  assert.equal(describe(bounds(null, null, null), t), 'number unknown');
});

test('what is about or at most a number says so', () => {
  assert.equal(describe(bounds(0, 8, 8), t, 'AT_MOST'), 'at most 8');
  assert.equal(describe(bounds(0, 8, 8), t), '0 to 8');
  assert.equal(describe(bounds(8000, 8000, 8000), t, 'ABOUT'), 'about 8,000');
  assert.equal(describe(bounds(5, 5, 8), t, 'ABOUT'), 'about 5 to 8');
  assert.equal(describe(bounds(null, 8, null), t, 'ABOUT'), 'about 8');
  assert.equal(describe(bounds(8, 8, null), t, 'AT_LEAST'), 'at least 8');
});

test('several figures have the qualifier of all, and are about a number if one is', () => {
  assert.equal(joined(['AT_MOST', 'AT_MOST']), 'AT_MOST');
  assert.equal(joined(['AT_MOST', 'EXACT']), undefined);
  assert.equal(joined(['EXACT', 'ABOUT']), 'ABOUT');
  assert.equal(joined([]), undefined);
});
