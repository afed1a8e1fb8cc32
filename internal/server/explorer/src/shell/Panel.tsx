import type { ComponentChildren } from 'preact';
import { isSaved } from '../api/files';
import { t } from '../i18n/messages';
import { PanelContext } from '../state/panel';
import { view } from '../state/store';
import type { Panel as Name } from '../state/view';
import { PanelMenu } from './PanelMenu';

/** A region of the page with its heading. */
export function Panel({ name, children }: { name: Name; children: ComponentChildren }) {
  const heading = `heading-${name}`;
  const alone = view.value.embed !== undefined || isSaved();
  return (
    <section id={name} class={`panel panel-${name}`} aria-labelledby={heading} tabIndex={-1}>
      <header class="panel-title">
        <h2 id={heading}>{t(`panel.${name}`)}</h2>
        {!alone && <PanelMenu name={name} />}
      </header>
      <PanelContext.Provider value={name}>{children}</PanelContext.Provider>
    </section>
  );
}
