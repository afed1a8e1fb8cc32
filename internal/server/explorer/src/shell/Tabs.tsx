import { t } from '../i18n/messages';
import { change } from '../state/store';
import type { Panel } from '../state/view';

/** On narrow screens: chooses the panel that is shown. */
export function Tabs({ names, current }: { names: Panel[]; current: Panel | undefined }) {
  return (
    <nav class="tabs" aria-label={t('panels')}>
      {names.map((name) => (
        <button key={name} type="button" aria-pressed={current === name} onClick={() => change({ panel: name })}>
          {t(`panel.${name}`)}
        </button>
      ))}
    </nav>
  );
}
