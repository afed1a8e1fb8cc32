import type { ComponentChildren } from 'preact';
import { isSaved } from '../api/files';
import { latePanels } from '../api/late';
import { t } from '../i18n/messages';
import { PanelContext } from '../state/panel';
import { field } from '../state/store';
import type { Panel as Name } from '../state/view';
import { PanelMenu } from './PanelMenu';

/** A region of the page with its heading. */
export function Panel({ name, children }: { name: Name; children: ComponentChildren }) {
  const heading = `heading-${name}`;
  const late = latePanels.value.has(name);
  const alone = field('embed').value !== undefined || isSaved();
  return (
    <section
      id={name}
      class={`panel panel-${name}${late ? ' late' : ''}`}
      aria-labelledby={heading}
      aria-busy={late}
      tabIndex={-1}
    >
      <header class="panel-title">
        <h2 id={heading}>{t(`panel.${name}`)}</h2>
        {late && <span class="muted">{t('loading')}</span>}
        {!alone && <PanelMenu name={name} />}
      </header>
      <PanelContext.Provider value={name}>{children}</PanelContext.Provider>
    </section>
  );
}
