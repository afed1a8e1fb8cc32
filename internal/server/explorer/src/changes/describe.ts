// Changes in words.
import { list } from '../i18n/format';
import type { Key } from '../i18n/messages';
import { describeTime, type TimeLanguage } from '../i18n/time';
import type { Parameters } from '../i18n/template';
import { type Bounds, describe as figure } from '../parts/figure';
import type { Change } from './group';

type State = NonNullable<Change['stateBefore']>;
type Words = TimeLanguage & { t: (key: Key, parameters?: Parameters) => string };

/** Returns what a change changed, and from what to what if its states say so. */
export function describeChange(change: Change, words: Words): string {
  const { t } = words;
  const what = t(`change.${change.changeKind}`);
  const { stateBefore: before, stateAfter: after } = change;
  if (!before || !after) return what;
  const values = [before, after].map((state) => valueOf(change, state, words));
  const [from, to] = values;
  return from === undefined || to === undefined || from === to ? what : t('change.fromTo', { what, from, to });
}

function valueOf({ changeKind }: Change, state: State, words: Words): string | undefined {
  const { t } = words;
  switch (changeKind) {
    case 'STATUS':
      return t(`status.${state.status}`);
    case 'MODALITY':
      return t(`modality.${state.modality}`);
    case 'TIME':
      return describeTime(state.time, words);
    case 'TOLL':
      return toll(state.toll, words);
    default:
      return undefined;
  }
}

/** Returns the numbers of people killed and wounded. */
function toll(
  { killed, wounded }: { killed: Bounds | null; wounded: Bounds | null },
  { t, language }: Words,
): string {
  const parts = [
    killed && `${figure(killed, t)} ${t('figure.KILLED')}`,
    wounded && `${figure(wounded, t)} ${t('figure.WOUNDED')}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? t('figure.unknown') : list(language, parts);
}
