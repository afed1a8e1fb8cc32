import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/messages';
import { say } from '../i18n/review';
import { ServerFault } from '../proposal/exchange';
import { contentOfClaim } from '../proposal/claim';
import type { Json } from '../proposal/types';
import { opened } from './address';
import { ContentForm } from './EditItem';
import { Fault } from './Fault';
import { forgetOutcome, outcome, previewAll } from './outcome';
import { PreviewPanel } from './PreviewPanel';
import { close, curations, tab } from './state';

/** Corrects what a claim of the graph says, or leaves the claim out of it. */
export function CorrectClaim() {
  const { claim = '', event } = opened.value;
  const [content, setContent] = useState<Json | undefined>(undefined);
  const [error, setError] = useState<unknown>(undefined);
  useEffect(() => {
    forgetOutcome();
    curations.value = [];
    setContent(undefined);
    setError(undefined);
    readClaim(claim, event).then(setContent, setError);
  }, [claim, event]);
  const correct = (value: Json | null) => {
    curations.value = [{ type: 'correction', claim, value }];
    void previewAll();
  };
  const corrected = curations.value.length > 0 || outcome.value !== undefined;
  return (
    <main class="sheet">
      <section aria-labelledby="claim-title">
        <h2 id="claim-title">{say('claim.title')}</h2>
        <p class="muted">
          <bdi dir="ltr">{claim}</bdi>
        </p>
        <Fault error={error} />
        {!content && error === undefined && <p role="status">{t('loading')}</p>}
        {content && (
          <>
            <p>{say('claim.why')}</p>
            <ContentForm type="claim" content={content} onSave={correct} onClose={leave} />
            <p>
              <button type="button" onClick={() => correct(null)}>
                {say('claim.leaveOut')}
              </button>
            </p>
          </>
        )}
      </section>
      {corrected && <PreviewPanel />}
    </main>
  );
}

function leave(): void {
  forgetOutcome();
  tab.value = 'items';
  close();
}

/** Reads a claim as a record of the extraction format, from an export of its event. */
async function readClaim(claim: string, event: string | undefined): Promise<Json> {
  if (event === undefined) throw new ServerFault('', 'NO_EVENT');
  const filter = JSON.stringify({ ids: [event] });
  const response = await fetch(`export/casus?${new URLSearchParams({ filter }).toString()}`);
  if (!response.ok)
    throw new ServerFault(await response.text(), response.status === 401 ? 'UNAUTHENTICATED' : 'BAD_INPUT');
  const content = contentOfClaim(await response.text(), claim);
  if (!content) throw new ServerFault(claim, 'NOT_FOUND');
  return content;
}
