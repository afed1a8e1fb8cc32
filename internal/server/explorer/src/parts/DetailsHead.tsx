import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/messages';
import { close, focusOpened } from '../state/opened';

/** The heading of an opened event, tie or path, and a button that closes it. `subject` is its id. */
export function DetailsHead({ subject, children }: { subject: string; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => focusOpened(heading.current), [subject]);
  return (
    <header class="evidence-head">
      <h3 ref={heading} tabIndex={-1}>
        {children}
      </h3>
      <button type="button" aria-label={t('evidence.close')} onClick={close}>
        ✕
      </button>
    </header>
  );
}
