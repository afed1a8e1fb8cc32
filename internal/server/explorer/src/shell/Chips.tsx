import { countryName, leftToRight } from '../i18n/format';
import { language, t, word } from '../i18n/messages';
import { Named } from '../parts/Named';
import { select, view } from '../state/store';
import { emptySelection, selectsAll, type Selection, toggled } from '../state/view';

type ListField = {
  [K in keyof Selection]-?: NonNullable<Selection[K]> extends string[] ? K : never;
}[keyof Selection];

const listFields: ListField[] = [
  'categories',
  'statuses',
  'modalities',
  'countries',
  'actors',
  'places',
  'publishers',
  'datasets',
];

/** The conditions of the selection. Each can be removed. */
export function Chips() {
  const { selection } = view.value;
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
          {t('filter.from', { time: plain(selection.from) })}
        </Chip>
      )}
      {selection.to !== undefined && (
        <Chip onRemove={() => select({ to: undefined })}>{t('filter.to', { time: plain(selection.to) })}</Chip>
      )}
      {selection.text !== undefined && (
        <Chip label={t('field.text')} onRemove={() => select({ text: undefined })}>
          <bdi>{selection.text}</bdi>
        </Chip>
      )}
      {selection.timeless && <Chip onRemove={() => select({ timeless: undefined })}>{t('filter.timeless')}</Chip>}
      {selection.box && <Chip onRemove={() => select({ box: undefined })}>{t('filter.area')}</Chip>}
      <li>
        <button type="button" class="plain" onClick={clear}>
          {t('filter.clear')}
        </button>
      </li>
    </ul>
  );
}

function plain(time: string): string {
  return leftToRight(time, { language: language.value });
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

function Value({ field, value }: { field: ListField; value: string }) {
  switch (field) {
    case 'categories':
      return <>{word('category', value)}</>;
    case 'statuses':
      return <>{word('status', value)}</>;
    case 'modalities':
      return <>{word('modality', value)}</>;
    case 'countries':
      return <>{countryName(language.value, value)}</>;
    case 'actors':
    case 'places':
    case 'publishers':
      return <Named id={value} />;
    default:
      return <bdi>{value}</bdi>;
  }
}
