import { word } from '../i18n/messages';
import { say, term } from '../i18n/review';
import { CategoryBadge } from '../parts/Badge';
import { fieldsOf } from '../proposal/edit';
import type { Item, Json } from '../proposal/types';
import { ItemName, ItemNames } from './ItemName';

/** The facts of an item's content in words. */
export function ItemFacts({ item, content }: { item: Item; content: Json }) {
  const { names, kind, country, category, modality, time, stance, aspect, claimants, figures, spans, position } =
    fieldsOf(item.type, content);
  const list = (field: string) => (Array.isArray(content[field]) ? (content[field] as Json[]) : []);
  const id = (value: unknown) => (typeof value === 'string' ? value : '');
  const holder = id(content['holder']);
  return (
    <div class="item-facts">
      <p class="event-facts">
        {category !== undefined && category !== '' && <CategoryBadge category={category} />}
        {modality !== undefined && modality !== '' && <span class="badge">{word('modality', modality)}</span>}
        {stance !== undefined && <span class="badge">{word('stance', stance)}</span>}
        {aspect !== undefined && <span class="badge">{word('aspect', aspect)}</span>}
        {kind !== undefined && kind !== '' && (
          <span class="badge">{item.type === 'affiliation' ? word('affiliation', kind) : term('kind', kind)}</span>
        )}
        {country !== undefined && country !== '' && <span class="badge">{country}</span>}
        {time !== undefined && time !== '' && <bdi dir="ltr">{time}</bdi>}
      </p>
      {names && names.length > 1 && (
        <p class="muted">
          {names.map(({ value, language }, i) => (
            <span key={language + value}>
              {i > 0 && ' · '}
              <bdi lang={language || undefined} dir="auto">
                {value}
              </bdi>
            </span>
          ))}
        </p>
      )}
      {claimants && (
        <p>
          <span class="muted">{say('facts.claimants')}</span>{' '}
          {claimants.length > 0 ? <ItemNames ids={claimants} /> : say('facts.publisher')}
        </p>
      )}
      {holder !== '' && (
        <p>
          <ItemName id={holder} /> → <ItemName id={id(content['counterpart'])} />
          {position !== undefined && position !== '' && (
            <>
              {' · '}
              <bdi dir="auto">{position}</bdi>
            </>
          )}
        </p>
      )}
      {list('participants').length > 0 && (
        <ul class="facts">
          {list('participants').map((each, i) => (
            <li key={i}>
              <span class="muted">{word('role', id(each['role']))}</span> <ItemName id={id(each['actor'])} />
              {id(each['representing']) !== '' && (
                <span class="muted">
                  {' '}
                  {say('facts.for')} <ItemName id={id(each['representing'])} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {list('locations').map((each, i) => (
        <p key={i}>
          <span class="muted">{word('role', id(each['role']))}</span> <ItemName id={id(each['location'])} />
        </p>
      ))}
      {figures && figures.length > 0 && (
        <ul class="facts">
          {figures.map(({ kind: counted, best, qualifier, unit }, i) => (
            <li key={i}>
              {term('figure', counted)} <bdi dir="auto">{unit}</bdi> <bdi dir="ltr">{best === '' ? '–' : best}</bdi>
              {qualifier !== 'EXACT' && <span class="muted"> {term('qualifier', qualifier)}</span>}
            </li>
          ))}
        </ul>
      )}
      {spans?.map(({ exact }, i) => (
        <blockquote key={i} dir="auto">
          {exact}
        </blockquote>
      ))}
    </div>
  );
}
