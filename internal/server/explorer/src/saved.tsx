// The script of a page that was saved as one file: the same page, whose answers are in it.
import { render } from 'preact';
import { ApiError, answerFrom } from './api/client';
import { readFilesFrom } from './api/files';
import { textOf } from './api/operation';
import { followLanguage } from './i18n/messages';
import { type Label, learnNames } from './parts/names';
import { answerOf, type Saved } from './save/saved';
import { setSource } from './share/now';
import { App } from './shell/App';
import { followTheme } from './shell/theme';
import { parse } from './state/address';
import { followAddress, view } from './state/store';

const saved = JSON.parse(document.getElementById('saved')?.textContent ?? '{}') as Saved;
readFilesFrom(new Map(saved.files));
learnNames(saved.names as [string, Label][]);
setSource(saved.source);
answerFrom((operation, variables) => {
  const data = answerOf(saved, textOf(operation), variables, view.peek());
  return data === undefined
    ? Promise.reject(
        new ApiError('This page was saved without the answer. Its source, named below, has it.', 'SAVED'),
      )
    : Promise.resolve({ data });
});
if (location.hash === '') view.value = parse(saved.view);
followAddress();
followLanguage();
followTheme();
const root = document.getElementById('app');
if (root) render(<App saved={saved} />, root);
