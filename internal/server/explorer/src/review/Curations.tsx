import { say } from '../i18n/review';
import type { Json } from '../proposal/types';
import { removeCuration } from './identity';
import { ItemName } from './ItemName';
import { curations } from './state';

/** The corrections and identity decisions that go with the load. */
export function Curations() {
  if (curations.value.length === 0) return null;
  return (
    <section>
      <h3>{say('curations.title', { count: curations.value.length })}</h3>
      <ul class="effects">
        {curations.value.map((each) => (
          <li key={JSON.stringify(each)}>
            <Curation of={each} />{' '}
            <button type="button" onClick={() => removeCuration(each)}>
              {say('edit.remove')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Curation({ of }: { of: Json }) {
  const id = (field: string) => (typeof of[field] === 'string' ? of[field] : '');
  if (of['type'] === 'identity') {
    return (
      <>
        <ItemName id={id('a')} /> {of['same'] === false ? '≠' : '='} <ItemName id={id('b')} />
      </>
    );
  }
  if (id('claim') !== '') {
    return (
      <>
        {say('curations.claim')} <bdi dir="ltr">{id('claim')}</bdi>
      </>
    );
  }
  return (
    <>
      <ItemName id={id('node')} /> <code dir="ltr">{id('field')}</code> ={' '}
      <bdi dir="auto">{JSON.stringify(of['value'])}</bdi>
    </>
  );
}
