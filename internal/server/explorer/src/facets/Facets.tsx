import { computed, signal } from '@preact/signals';
import { useAnswer } from '../api/answer';
import { Facets as FacetsQuery, type FacetsQuery as Data } from '../api/types';
import { countryName } from '../i18n/format';
import { language, t, word } from '../i18n/messages';
import { categorySign } from '../marks/colours';
import { statusSigns } from '../marks/status';
import { Failure } from '../parts/Failure';
import { Text } from '../parts/Named';
import { part, select } from '../state/store';
import { toggled, vocabularies } from '../state/view';
import { aspects, few, type Field, fields, filters } from './fields';

type FacetData = Data['categories'][number];
type Group = FacetData['groups'][number];

/** How many values of a field are shown when the reader asks for more. */
const many = 100;
const top = signal(few);

const shown = part(({ selection, knownAt }) => ({ selection, knownAt }));
const variables = computed(() => {
  const { selection, knownAt } = shown.value;
  return { ...filters(selection), knownAt: knownAt ?? null, languages: [language.value], top: top.value };
});

/** The values of several fields with the number of their events. A click filters by a value, another one undoes it. */
export function Facets() {
  const { data, error } = useAnswer(FacetsQuery, variables).value;
  return (
    <div class="facets">
      <Failure error={error} />
      {data && fields.map((field) => <Facet key={field} field={field} facet={facetOf(data, field)} />)}
    </div>
  );
}

/** Returns the counts of a field; those of disagreements have their own form, and show where there is none. */
function facetOf(data: Data, field: Field): FacetData | undefined {
  if (field !== 'disagreements') return data[field][0];
  return { distinct: 0, groups: aspects.map((key) => ({ key, events: data[key].events, node: null })) };
}

function Facet({ field, facet }: { field: Field; facet: FacetData | undefined }) {
  const groups = (facet?.groups ?? []).filter(({ key }) => key !== null);
  if (!facet || groups.length === 0) return null;
  const chosen: readonly string[] = shown.value.selection[field];
  return (
    <fieldset>
      <legend>{t(`field.${field}`)}</legend>
      {groups.map((group) => {
        const key = group.key ?? '';
        const pressed = chosen.includes(key);
        const vain = group.events === 0 && !pressed; // It would lead to an empty page.
        return (
          <button
            key={key}
            type="button"
            aria-pressed={pressed}
            aria-disabled={vain}
            onClick={() => !vain && select({ [field]: toggled(chosen, key) })}
          >
            <Value field={field} group={group} /> <span class="count">{t('count', { count: group.events })}</span>
          </button>
        );
      })}
      <Rest count={facet.distinct - groups.length} />
    </fieldset>
  );
}

/** The number of values that are not shown, and a way to them. */
function Rest({ count }: { count: number }) {
  if (count <= 0) return null;
  const text = t('facet.more', { count });
  if (top.value === many) return <span class="muted">{text}</span>;
  return (
    <button type="button" class="plain" onClick={() => (top.value = many)}>
      {text}
    </button>
  );
}

function Sign({ sign, text }: { sign: string; text: string }) {
  return (
    <>
      <span aria-hidden="true">{sign}</span> {text}
    </>
  );
}

function Value({ field, group }: { field: Field; group: Group }) {
  const key = group.key ?? '';
  if (group.node?.__typename === 'Actor') return <Text label={group.node.label} />;
  if (field === 'countries') return <>{countryName(language.value, key)}</>;
  if (field === 'categories') return <Sign sign={categorySign(key)} text={word('category', key)} />;
  if (field === 'statuses') return <Sign sign={statusSigns[key] ?? '?'} text={word('status', key)} />;
  const vocabulary = vocabularies[field];
  return vocabulary ? <>{word(vocabulary, key)}</> : <bdi>{key}</bdi>;
}
