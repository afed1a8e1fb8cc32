import assert from 'node:assert/strict';
import test from 'node:test';
import english from '../i18n/languages/en.json';
import { format } from '../i18n/template';
import { type Bounds, describe } from './figure';

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
