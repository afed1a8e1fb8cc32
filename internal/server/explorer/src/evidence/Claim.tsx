import { t, word } from '../i18n/messages';
import { Text } from '../parts/Named';
import { NodeNames } from '../parts/NodeNames';
import { Quote } from '../parts/Quote';
import { Voices } from '../parts/Voices';
import { When } from '../parts/When';
import { access } from '../session/session';
import { view } from '../state/store';
import type { ClaimData } from './claimData';
import { Words } from './Words';

/** One claim: who says it, through whom, where, when and in which words. A withdrawn one is struck through. */
export function Claim({ claim }: { claim: ClaimData }) {
  const withdrawn = claim.withdrawnBy.length > 0;
  const { document } = claim;
  const dataset = document ? null : claim.dataset;
  return (
    <article class={withdrawn ? 'claim withdrawn' : 'claim'} id={claim.id}>
      <h5>
        <Voices statement={claim} dataset={dataset} />
        {withdrawn && <span class="badge">{t('claim.withdrawn')}</span>}
        {claim.coding === 'MACHINE' && <span class="badge">{t('claim.machine')}</span>}
      </h5>
      <p class="muted">
        <When time={claim.assertedAt} />
        {claim.aspect !== 'OCCURRENCE' && <> · {word('aspect', claim.aspect)}</>}
        {claim.relayedBy.length > 0 && (
          <>
            {' · '}
            {t('claim.via')} <NodeNames nodes={claim.relayedBy} />
          </>
        )}
      </p>
      {claim.quote && <Quote quote={claim.quote} />}
      {claim.note !== null && <p dir="auto">{claim.note}</p>}
      {document && <Source document={document} />}
      {dataset && claim.claimants.length > 0 && (
        <p class="source">
          <bdi>{dataset.name}</bdi>
        </p>
      )}
      {document && claim.spans.length > 0 && <Words document={document} spans={claim.spans} />}
      {claim.cites.length > 0 && (
        <details class="cites">
          <summary>{t('claim.cites', { count: claim.cites.length })}</summary>
          {claim.cites.map((each) => (
            <Source key={each.id} document={each} />
          ))}
        </details>
      )}
      {access.value === 'write' && <Correct claim={claim.id} />}
    </article>
  );
}

/** A document, its publisher, and a link to it. */
function Source({ document: { label, publisher, url } }: { document: ClaimData['cites'][number] }) {
  return (
    <p class="source">
      <Text label={label} />
      {publisher && (
        <>
          {' — '}
          <Text label={publisher.label} />
        </>
      )}
      {url !== null && (
        <>
          {' '}
          <a href={url} rel="noreferrer nofollow" aria-label={t('claim.source')}>
            ↗
          </a>
        </>
      )}
    </p>
  );
}

/** A link to the page in which the claim is corrected. */
function Correct({ claim }: { claim: string }) {
  const { event = '', language: lang } = view.value;
  return (
    <a class="source" href={`review#${new URLSearchParams({ claim, event, lang }).toString()}`}>
      {t('claim.correct')}
    </a>
  );
}
