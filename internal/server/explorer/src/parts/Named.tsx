import { language } from '../i18n/messages';
import { labelOf, type Label } from './names';

/** A label in its own language and direction. */
export function Text({ label }: { label: Label }) {
  return (
    <bdi lang={label.language ?? undefined} dir={label.direction === 'RTL' ? 'rtl' : 'ltr'}>
      {label.value}
    </bdi>
  );
}

/** The name of a node, or its id until the name is known. */
export function Named({ id }: { id: string }) {
  const label = labelOf(id, language.value).value;
  return label ? <Text label={label} /> : <bdi dir="ltr">{id}</bdi>;
}
