import assert from 'node:assert/strict';
import test from 'node:test';
import english from '../i18n/languages/en.json';
import { categorySign, colourOf } from './colours';
import { statusSigns } from './status';

const words = (vocabulary: string) =>
  Object.keys(english).flatMap((key) =>
    key.startsWith(`${vocabulary}.`) ? [key.slice(vocabulary.length + 1)] : [],
  );

test('categories of different colours have different shapes', () => {
  const byColour = new Map<string, Set<string>>();
  for (const category of words('category')) {
    const signs = byColour.get(colourOf(category)) ?? new Set();
    byColour.set(colourOf(category), signs.add(categorySign(category)));
  }
  const all = [...byColour.values()].map((signs) => [...signs]);
  assert.ok(all.length >= 8);
  assert.equal(new Set(all.flat()).size, all.length);
  assert.ok(all.every((signs) => signs.length === 1));
});

test('each status has a shape of its own', () => {
  const signs = words('status').map((status) => statusSigns[status]);
  assert.equal(new Set(signs).size, 6);
  assert.ok(!signs.includes(undefined));
});
