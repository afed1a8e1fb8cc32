import { countryName } from '../i18n/format';
import { language, t, word } from '../i18n/messages';
import { dateText } from '../i18n/time';
import { Named } from '../parts/Named';
import { change, field, select, view } from '../state/store';
import { emptySelection, type ListField, listFields, selectsAll, toggled, vocabularies } from '../state/view';

/** The conditions of the selection. Each can be removed. */
export function Chips() {
  const selection = field('selection').value;
  if (selectsAll(selection)) return null;
  return (
    <ul class="chips" aria-label={t('filter.label')}>
      {listFields.flatMap((field) =>
        selection[field].map((value) => (
          <Chip
            key={field + value}
            label={t(`field.${field}`)}
            onRemove={() => select({ [field]: toggled(selection[field], value) })}
          >
            <Value field={field} value={value} />
          </Chip>
        )),
      )}
      {selection.from !== undefined && (
        <Chip onRemove={() => select({ from: undefined })}>
          <Dated text="filter.from" date={selection.from} />
        </Chip>
      )}
      {selection.to !== undefined && (
        <Chip onRemove={() => select({ to: undefined })}>
          <Dated text="filter.to" date={selection.to} />
        </Chip>
      )}
      {selection.text !== undefined && (
        <Chip label={t('field.text')} onRemove={() => select({ text: undefined })}>
          <bdi>{selection.text}</bdi>
        </Chip>
      )}
      {selection.timeless !== undefined && (
        <Chip onRemove={() => select({ timeless: undefined })}>
          {t(selection.timeless ? 'filter.timeless' : 'filter.timed')}
        </Chip>
      )}
      {selection.box && <Chip onRemove={() => select({ box: undefined })}>{t('filter.area')}</Chip>}
      <Connection actors={selection.actors} />
      <li>
        <button type="button" class="plain" onClick={clear}>
          {t('filter.clear')}
        </button>
      </li>
    </ul>
  );
}

/** Asks how two chosen actors are connected: among all events, not only those in which both took part. */
function Connection({ actors }: { actors: readonly string[] }) {
  const [from, to, more] = actors;
  if (from === undefined || to === undefined || more !== undefined) return null;
  const ask = () =>
    change(
      {
        selection: { ...view.peek().selection, actors: [] },
        path: { from, to, avoid: [], roles: [], inOrder: false },
        event: undefined,
        link: undefined,
        panel: 'evidence',
      },
      { step: true },
    );
  return (
    <li>
      <button type="button" onClick={ask}>
        {t('path.ask')}
      </button>
    </li>
  );
}

function clear(): void {
  select({
    ...emptySelection,
    from: undefined,
    to: undefined,
    text: undefined,
    box: undefined,
    timeless: undefined,
  });
}

function Chip({
  label,
  children,
  onRemove,
}: {
  label?: string;
  children: preact.ComponentChildren;
  onRemove: () => void;
}) {
  return (
    <li class="chip">
      {label !== undefined && <span class="muted">{label}</span>} <span>{children}</span>
      <button type="button" class="plain" aria-label={t('filter.remove', { name: label ?? '' })} onClick={onRemove}>
        ✕
      </button>
    </li>
  );
}

/** A text with a date, which reads from left to right unless it is in words. */
function Dated({ text, date }: { text: 'filter.from' | 'filter.to'; date: string }) {
  const words = dateText(date, { language: language.value });
  const own = words.startsWith('\u2066') ? <bdi dir="ltr">{date}</bdi> : <bdi>{words}</bdi>;
  const [before, after] = t(text, { time: '\0' }).split('\0');
  return (
    <>
      {before}
      {own}
      {after}
    </>
  );
}

function Value({ field, value }: { field: ListField; value: string }) {
  const vocabulary = vocabularies[field];
  if (vocabulary) return <>{word(vocabulary, value)}</>;
  if (field === 'countries') return <>{countryName(language.value, value)}</>;
  return field === 'datasets' ? <bdi>{value}</bdi> : <Named id={value} />;
}
