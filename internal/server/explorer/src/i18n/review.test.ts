import assert from 'node:assert/strict';
import test from 'node:test';
import arabic from './languages/review/ar.json';
import english from './languages/review/en.json';
import ukrainian from './languages/review/uk.json';

type Catalog = Record<string, string | Record<string, string>>;

const parameters = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join();

test('each language has each text, with its parameters and plural forms', () => {
  for (const [language, catalog] of [
    ['uk', ukrainian],
    ['ar', arabic],
  ] as [string, Catalog][]) {
    assert.deepEqual(Object.keys(catalog).sort(), Object.keys(english).sort());
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
    for (const [key, text] of Object.entries(english as Catalog)) {
      const own = catalog[key];
      assert.equal(typeof own, typeof text, `${language} ${key}`);
      if (typeof text === 'string') {
        assert.equal(parameters(own as string), parameters(text), `${language} ${key}`);
      } else {
        assert.deepEqual(Object.keys(own ?? {}).sort(), forms, `${language} ${key}`);
        assert.equal(
          parameters((own as Record<string, string>)['other'] ?? ''),
          parameters(text['other'] ?? ''),
          key,
        );
      }
    }
  }
});
