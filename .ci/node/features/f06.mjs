import { equal, until } from '../checks.mjs';
import { panel } from './lab.mjs';

export const title = "the words in the document's text";

const text = '🕊️🔥 The 👩‍🚀 Gazette: a crowd crossed the bridge. The crowd was calm.';

/** Opens the words of the claim that has a text, and returns the claim. */
async function opened(page, has) {
  const claims = panel(page, 'Evidence').locator('.claim');
  await until(
    'the claims',
    () => claims.count(),
    (n) => n === 4,
  );
  const claim = claims.filter({ hasText: has });
  await claim.getByText('The words in the text').click();
  return claim;
}

export default async function ({ check, open }) {
  const words = () => open('v=1&event=event:words', { graph: 'marks' });

  await check('offsets count code points: emoji before the words do not shift them', async () => {
    const page = await words();
    const claims = panel(page, 'Evidence').locator('.claim');
    await until(
      'the claims',
      () => claims.count(),
      (n) => n === 4,
    );
    const claim = claims.filter({ hasText: 'The crowd on the bridge' }).filter({ hasNotText: 'Press Office' });
    await claim.getByText('The words in the text').click();
    await claim.locator('mark').first().waitFor();
    equal('words', await claim.locator('mark').allTextContents(), ['a crowd crossed the bridge']);
    equal('state', (await claim.locator('.span-VERIFIED.badge').textContent()).trim(), 'verified');
    equal('text', await claim.locator('.passages').textContent(), text);
  });

  await check('words that moved are where they are now, and say so', async () => {
    const claim = await opened(await words(), 'Press Office');
    await claim.locator('mark').first().waitFor();
    equal('words', await claim.locator('mark').allTextContents(), ['The crowd was calm']);
    equal('state', (await claim.locator('.badge.span-REANCHORED').textContent()).trim(), 'moved in the text');
  });

  await check('a text from right to left reads so, with its words marked', async () => {
    const claim = await opened(await words(), 'الحشد على الجسر');
    const mark = claim.locator('mark').first();
    await mark.waitFor();
    equal('words', await claim.locator('mark').allTextContents(), ['عبر الحشد الجسر']);
    const passages = claim.locator('.passages');
    equal('language', await passages.getAttribute('lang'), 'ar');
    equal('direction', await passages.evaluate((own) => getComputedStyle(own).direction), 'rtl');
  });

  await check('without a text there are the words, the hash, and that they cannot be checked', async () => {
    const claim = await opened(await words(), 'Harbour Clinic');
    await claim.getByText(`SHA-256 ${'ab'.repeat(32)}`).waitFor();
    await claim.getByText('They crossed.').waitFor();
    equal('state', (await claim.locator('.badge.span-UNVERIFIABLE').textContent()).trim(), 'not checkable');
    equal('marks', await claim.locator('mark').count(), 0);
  });

  await check('the words of the sample', async () => {
    const page = await open('v=1&event=event:miami-talks-2025-12-20');
    const claims = panel(page, 'Evidence').locator('.claim');
    await until(
      'the claims',
      () => claims.count(),
      (n) => n === 3,
    );
    await claims.getByText('The words in the text').first().click();
    await until(
      'the words',
      () => claims.locator('mark').count(),
      (n) => n > 0,
    );
  });
}
