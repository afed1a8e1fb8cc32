import { useEffect, useRef, useState } from 'preact/hooks';
import { questions } from '../api/questions';
import { drawings } from '../canvas/drawings';
import { t } from '../i18n/messages';
import { exportAddress, nameOf, playgroundAddress } from '../share/addresses';
import { view } from '../state/store';
import type { Panel } from '../state/view';

/** The export that has what a panel shows. */
const exported: Partial<Record<Panel, { key: 'export.csv' | 'export.geojson' | 'export.gexf'; format: string }>> = {
  timeline: { key: 'export.csv', format: 'csv' },
  list: { key: 'export.csv', format: 'csv' },
  map: { key: 'export.geojson', format: 'geojson' },
  network: { key: 'export.gexf', format: 'gexf' },
};

/** What can be done with one panel: save its drawing and its events, and see the queries behind it. */
export function PanelMenu({ name }: { name: Panel }) {
  const details = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return undefined;
    const close = (event: Event) => {
      if (!(event.target instanceof Node && details.current?.contains(event.target))) setOpen(false);
    };
    addEventListener('pointerdown', close);
    addEventListener('focusin', close);
    return () => {
      removeEventListener('pointerdown', close);
      removeEventListener('focusin', close);
    };
  }, [open]);
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    details.current?.querySelector('summary')?.focus();
  };
  return (
    <details
      ref={details}
      class="menu"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onKeyDown={escape}
    >
      <summary aria-label={t('menu.label', { name: t(`panel.${name}`) })}>⋯</summary>
      {open && <Items name={name} />}
    </details>
  );
}

function Items({ name }: { name: Panel }) {
  const save = async (kind: 'svg' | 'png') => (await import('../save/savePicture')).savePicture(name, kind);
  const file = exported[name];
  const asked = questions().filter(({ panel }) => panel === name);
  return (
    <ul>
      {drawings.value.has(name) &&
        (['svg', 'png'] as const).map((kind) => (
          <li key={kind}>
            <button type="button" class="plain" onClick={() => void save(kind)}>
              {t(`menu.${kind}`)}
            </button>
          </li>
        ))}
      {file && (
        <li>
          <a
            download
            href={exportAddress(view.value, file.format, file.format === 'gexf' ? { graph: 'actors' } : {})}
          >
            {t(file.key)}
          </a>
        </li>
      )}
      {asked.map(({ query, variables }) => (
        <li key={query}>
          <a href={playgroundAddress(query, variables)} target="_blank" rel="noopener">
            {t('playground')} <bdi class="muted">{nameOf(query)}</bdi>
          </a>
        </li>
      ))}
    </ul>
  );
}
