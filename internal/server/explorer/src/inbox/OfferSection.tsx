import { useEffect, useState } from 'preact/hooks';
import { say } from '../i18n/review';
import { readyMessage } from './bookmarklet';
import { type Offer, receive } from './received';
import { article } from './state';

/** How long the offer is shown before it can be accepted, in milliseconds: a click that was on its way does not. */
const pause = 700;

/** What the page that opened this one offers. Nothing enters the form, and nothing is sent, before a person accepts. */
export function OfferSection() {
  const [offer, setOffer] = useState<Offer | 'large' | undefined>(undefined);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const opener = window.opener as Window | null;
    if (!opener) return;
    const stop = receive(window, opener, setOffer);
    opener.postMessage(readyMessage, '*'); // It says nothing else, so any page may read it.
    return stop;
  }, []);
  useEffect(() => {
    if (offer === undefined) return;
    const timer = setTimeout(() => setReady(true), pause);
    return () => clearTimeout(timer);
  }, [offer]);
  if (offer === undefined) return null;
  if (offer === 'large') {
    return (
      <p class="notice" role="alert">
        {say('received.large')}
      </p>
    );
  }
  const accept = () => {
    article.value = offer.article;
    setOffer(undefined);
    window.opener = null;
  };
  const dismiss = () => {
    setOffer(undefined);
    window.opener = null;
  };
  const { origin, article: own } = offer;
  return (
    <section class="notice received" aria-labelledby="received-title">
      <h2 id="received-title">{say('received.title')}</h2>
      <dl>
        <div>
          <dt>{say('received.origin')}</dt>
          <dd>
            <bdi dir="ltr">{origin === 'null' ? say('received.unnamed') : origin}</bdi>
          </dd>
        </div>
        <div>
          <dt>{say('article.title')}</dt>
          <dd>
            <bdi dir="auto">{own.title === '' ? '–' : own.title.slice(0, 300)}</bdi>
          </dd>
        </div>
        <div>
          <dt>{say('received.length')}</dt>
          <dd>
            {say(own.format === 'html' ? 'received.page' : 'received.selection', { count: own.content.length })}
          </dd>
        </div>
      </dl>
      <p>{say('received.why')}</p>
      {article.value.content !== '' && <p>{say('received.replaces')}</p>}
      <p class="buttons">
        <button type="button" class="main" disabled={!ready} onClick={accept}>
          {say('received.accept')}
        </button>
        <button type="button" onClick={dismiss}>
          {say('received.dismiss')}
        </button>
      </p>
    </section>
  );
}
