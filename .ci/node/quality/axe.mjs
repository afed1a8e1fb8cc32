// Looks for faults of accessibility in the explorer with axe: node axe.mjs BASE_URL
//
// The server has the sample. Each view is open in each language and theme; any violation of any rule of axe fails, also
// of the rules that only recommend.
import { check, finish, launch, timeout } from '../checks.mjs';
import { keepTo } from '../pages.mjs';
import { languages, openView, themes, views } from './views.mjs';
import { violationsOf } from './violations.mjs';

const base = process.argv[2]?.replace(/\/+$/, '');
if (!base) {
  console.error('usage: node axe.mjs BASE_URL');
  process.exit(2);
}
const browser = await launch();

/** Each state of the page: a view, the width of the window, and what is clicked in it. */
const states = [
  { name: 'first with filters', view: views.first, width: 1280, click: '.panel-list > details > summary',
    shown: '.facets button' },
  { name: 'evidence and words', view: views.evidence, width: 1280, click: '.claim summary', shown: '.claim mark' },
  { name: 'comparison, narrow', view: views.comparison, width: 360, panel: 'evidence' },
  { name: 'events of a column', view: views.publishers, width: 1280, click: '.panel-timeline canvas',
    shown: 'dialog .event' },
  { name: 'paths and sharing', view: views.paths, width: 1280, click: '.top > button', shown: 'dialog textarea' },
];

for (const { name, view, width, panel, click, shown } of states) {
  for (const language of languages) {
    for (const theme of themes) {
      await check(`axe: ${name} in ${language}, ${theme}`, async () => {
        const context = await browser.newContext({ viewport: { width, height: 800 } });
        context.setDefaultTimeout(timeout);
        await keepTo(context, new URL(base).origin);
        const page = await openView(context, base, view, { language, theme, panel });
        const violations = [];
        if (click) {
          // What a dialog covers is not looked at while it is open.
          if (shown.startsWith('dialog')) violations.push(...await violationsOf(page));
          await page.locator(click).first().click();
          await page.locator(shown).first().waitFor();
        }
        violations.push(...await violationsOf(page));
        if (violations.length > 0) throw new Error(violations.join('\n    '));
        await context.close();
      });
    }
  }
}

await browser.close();
finish('axe');
