import { useState } from 'preact/hooks';
import { t } from '../i18n/messages';
import type { ShareDialog } from './ShareDialog';

/** Opens what can be done with the view. That is loaded when it is needed. */
export function ShareButton() {
  const [opened, setOpened] = useState<{ Dialog: typeof ShareDialog } | undefined>(undefined);
  const open = async () => setOpened({ Dialog: (await import('./ShareDialog')).ShareDialog });
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => void open()}>
        {t('share')}
      </button>
      {opened && <opened.Dialog onClose={() => setOpened(undefined)} />}
    </>
  );
}
