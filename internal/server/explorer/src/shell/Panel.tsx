import type { ComponentChildren } from 'preact';
import { t } from '../i18n/messages';
import type { Panel as Name } from '../state/view';

/** A region of the page with its heading. */
export function Panel({ name, children }: { name: Name; children: ComponentChildren }) {
  const heading = `heading-${name}`;
  return (
    <section id={name} class={`panel panel-${name}`} aria-labelledby={heading} tabIndex={-1}>
      <h2 id={heading} class="panel-title">
        {t(`panel.${name}`)}
      </h2>
      {children}
    </section>
  );
}
