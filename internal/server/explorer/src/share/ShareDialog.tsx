import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/messages';
import { savePage } from '../save/savePage';
import { view } from '../state/store';
import { panels, type View } from '../state/view';
import { addressOf, embedCode, exportAddress, frozen, whole } from './addresses';
import { citation } from './describe';
import { now, origin, wordsNow } from './now';

type Embed = NonNullable<View['embed']>;

/** What can be done with the view: a link, an embed, a citation, files, paper. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [at] = useState(now);
  const [isFrozen, setFrozen] = useState(view.value.knownAt !== undefined);
  const [embed, setEmbed] = useState<Embed>('all');
  useEffect(() => dialog.current?.showModal(), []);
  const plain = whole(view.value);
  const shared = isFrozen ? frozen(plain, at) : plain;
  return (
    <dialog ref={dialog} class="share" aria-labelledby={title} onClose={onClose}>
      <div class="evidence-head">
        <h2 id={title}>{t('share')}</h2>
        <button type="button" aria-label={t('share.close')} onClick={() => dialog.current?.close()}>
          ✕
        </button>
      </div>
      <label class="share-frozen">
        <input type="checkbox" checked={isFrozen} onChange={(event) => setFrozen(event.currentTarget.checked)} />{' '}
        {t('share.frozen')}
      </label>
      <Copied label={t('share.link')} dir="ltr" text={addressOf(location.href, shared)} />
      <Copied
        label={t('share.embed')}
        dir="ltr"
        text={embedCode(
          addressOf(location.href, { ...shared, embed }),
          `Casus: ${embedName(embed)}`,
          embed === 'all' ? 720 : 480,
        )}
      >
        <label>
          <span class="muted">{t('share.view')}</span>{' '}
          <select value={embed} onChange={(event) => setEmbed(event.currentTarget.value as Embed)}>
            {(['all', ...panels] as const).map((each) => (
              <option key={each} value={each}>
                {embedName(each)}
              </option>
            ))}
          </select>
        </label>
        <p class="muted">{t('share.allow')}</p>
      </Copied>
      <Copied label={t('share.cite')} text={citation(view.value, origin(view.value, at), wordsNow())} />
      <Files onPrint={() => dialog.current?.close()} />
    </dialog>
  );
}

function embedName(embed: Embed): string {
  return embed === 'all' ? t('share.all') : t(`panel.${embed}`);
}

/** A text with a button that copies it. */
function Copied({
  label,
  text,
  dir,
  children,
}: {
  label: string;
  text: string;
  /** The direction of the text. Defaults to the direction of the page. */
  dir?: 'ltr';
  children?: preact.ComponentChildren;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const [done, setDone] = useState<'share.done' | 'share.byHand' | undefined>(undefined);
  useEffect(() => setDone(undefined), [text]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setDone('share.done');
    } catch {
      // The clipboard needs HTTPS and the reader's permission.
      field.current?.select();
      setDone('share.byHand');
    }
  };
  return (
    <section>
      <h3>
        <label for={id}>{label}</label>
      </h3>
      {children}
      <textarea ref={field} id={id} readOnly rows={2} dir={dir} value={text} />
      <p>
        <button type="button" onClick={() => void copy()}>
          {t('share.copy')}
        </button>{' '}
        <span role="status">{done && t(done)}</span>
      </p>
    </section>
  );
}

function Files({ onPrint }: { onPrint: () => void }) {
  const [state, setState] = useState('');
  const save = () => {
    savePage(document.title, (done, all) => setState(t('share.saving', { done, all }))).then(
      () => setState(''),
      () => setState(t('share.failed')),
    );
  };
  const print = () => {
    onPrint();
    setTimeout(() => window.print()); // when the dialog is gone
  };
  return (
    <section>
      <h3>{t('share.save')}</h3>
      <ul class="share-files">
        <li>
          <button type="button" onClick={save}>
            {t('share.page')}
          </button>{' '}
          <span role="status">{state}</span>
        </li>
        <li>
          <button type="button" onClick={print}>
            {t('share.print')}
          </button>
        </li>
        <li>
          <a download href={exportAddress(view.value, 'csv')}>
            {t('export.csv')}
          </a>
        </li>
        <li>
          <a download href={exportAddress(view.value, 'geojson')}>
            {t('export.geojson')}
          </a>
        </li>
        <li>
          <a download href={exportAddress(view.value, 'gexf', { graph: 'actors' })}>
            {t('export.gexf')}
          </a>
        </li>
      </ul>
    </section>
  );
}
