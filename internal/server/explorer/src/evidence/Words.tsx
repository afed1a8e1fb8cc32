import { computed, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import { DocumentText } from '../api/types';
import { t, word } from '../i18n/messages';
import { Failure } from '../parts/Failure';
import type { ClaimData } from './claimData';
import { passages } from './passages';

type Document = NonNullable<ClaimData['document']>;

/** How many code points are shown before and after the words. */
const context = 200;

/** The quoted words within the document's text, which is requested when the reader opens it. */
export function Words({ document, spans }: { document: Document; spans: ClaimData['spans'] }) {
  const open = useMemo(() => signal(false), []);
  const variables = useMemo(
    () => computed(() => (open.value ? { id: document.id } : undefined)),
    [document.id, open],
  );
  const { data, error } = useAnswer(DocumentText, variables).value;
  const states = [...new Set(spans.map((span) => span.state))];
  return (
    <details onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>
        {t('words.title')}
        {states.map((state) => (
          <span key={state} class={`badge span-${state}`}>
            {word('span', state)}
          </span>
        ))}
      </summary>
      <Failure error={error} />
      {data?.document && <Passages text={data.document.text} document={document} spans={spans} />}
    </details>
  );
}

function Passages({
  text,
  document,
  spans,
}: {
  text: string | null;
  document: Document;
  spans: ClaimData['spans'];
}) {
  if (text === null) {
    return (
      <>
        {spans.map((span) => span.exact !== null && <blockquote dir="auto">{span.exact}</blockquote>)}
        <p class="muted">
          {t('words.noText')} <bdi dir="ltr">SHA-256 {document.sha256 ?? '–'}</bdi>
        </p>
      </>
    );
  }
  return (
    <blockquote class="passages" dir="auto" lang={document.language ?? undefined} tabIndex={0}>
      {passages(text, spans, context).map((part, i) => (
        <span key={i}>
          {part.gap && ' … '}
          {part.state === undefined ? part.text : <mark class={`span-${part.state}`}>{part.text}</mark>}
        </span>
      ))}
    </blockquote>
  );
}
