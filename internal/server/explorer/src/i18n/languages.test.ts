import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { leftToRight } from './format';
import { languages } from './languages';

type Catalog = Record<string, string | Record<string, string>>;

const here = import.meta.dirname;
const read = (file: string) => JSON.parse(fs.readFileSync(path.join(here, 'languages', file), 'utf8')) as Catalog;
const parameters = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join();
const longest = (text: string | Record<string, string>) =>
  typeof text === 'string' ? text : (text['other'] ?? '');

/** Languages of which every text is there. Of others, texts may be missing: they are shown in English. */
const complete = ['ar.json', 'uk.json'];

for (const folder of ['.', 'review']) {
  const names = fs.readdirSync(path.join(here, 'languages', folder)).filter((name) => name.endsWith('.json'));
  const english = read(path.join(folder, 'en.json'));
  for (const name of names) {
    test(`${folder}/${name} has texts of the English file, with their parameters and plural forms`, () => {
      const { 'language.direction': direction, ...own } = read(path.join(folder, name));
      if (direction !== undefined) assert.equal(direction, 'rtl');
      const unknown = Object.keys(own).filter((key) => !(key in english));
      assert.deepEqual(unknown, [], 'texts that no page has');
      if (complete.includes(name)) {
        const missing = Object.keys(english).filter((key) => !(key in own));
        assert.deepEqual(missing, [], 'missing texts');
      }
      const code = path.basename(name, '.json');
      const forms = new Intl.PluralRules(code).resolvedOptions().pluralCategories.sort();
      for (const [key, text] of Object.entries(own)) {
        const original = english[key] ?? '';
        assert.equal(typeof text, typeof original, key);
        assert.equal(parameters(longest(text)), parameters(longest(original)), key);
        if (typeof text === 'string') continue;
        const given = Object.keys(text);
        if (folder === 'review' && complete.includes(name)) assert.deepEqual(given.sort(), forms, key);
        assert.ok(given.includes('other'), `${key} lacks the form for all numbers without one`);
        const strange = given.filter((form) => !forms.includes(form as Intl.LDMLPluralRule));
        assert.deepEqual(strange, [], `forms of ${key} that the language does not have`);
      }
    });
  }
}

interface Generator {
  writeLanguages: (folder: string) => void;
}

/** Writes the lists of a folder of languages with one more file, and returns them. */
async function withFile(name: string, content: unknown) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'casus-languages-'));
  try {
    fs.cpSync(path.join(here, 'languages'), path.join(folder, 'languages'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'languages', name), JSON.stringify(content));
    const generator = (await import(path.resolve(here, '../../languages.mjs'))) as Generator;
    generator.writeLanguages(folder);
    return ['languages.ts', 'reviewLanguages.ts'].map((file) => fs.readFileSync(path.join(folder, file), 'utf8'));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

test('a file is a language, with its own name and direction', async () => {
  const hebrew = { 'language.name': 'עברית', 'language.direction': 'rtl' };
  const [list = '', review = ''] = await withFile('he.json', hebrew);
  assert.ok(list.includes('he: { name: "עברית", rightToLeft: true }'), list);
  assert.ok(list.includes("he: () => import('./languages/he.json')"), list);
  assert.ok(!review.includes('he.json'), review);
  const [brazil = ''] = await withFile('pt-BR.json', { 'language.name': 'Português' });
  assert.ok(brazil.includes(`'pt-BR': { name: "Português" }`), brazil);
});

test('a file that cannot be a language is named', async () => {
  const cases: [name: string, content: unknown, want: RegExp][] = [
    ['he.json', {}, /he\.json: language\.name is missing/],
    ['he.json', { 'language.name': '' }, /he\.json: language\.name is missing/],
    ['he.json', { 'language.name': 'עברית', 'language.direction': 'left' }, /direction is left, not ltr or rtl/],
    ['hebrew_x.json', { 'language.name': 'עברית' }, /hebrew_x is not a code/],
    ['review/he.json', {}, /review\/he\.json: there is no languages\/he\.json/],
  ];
  for (const [name, content, want] of cases) await assert.rejects(withFile(name, content), want);
});

test('texts are set apart in the languages from right to left', () => {
  const turned = Object.keys(languages).filter((language) => leftToRight('a', { language }) !== 'a');
  assert.deepEqual(turned, ['ar']);
});
