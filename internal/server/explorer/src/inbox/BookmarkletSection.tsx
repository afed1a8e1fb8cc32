import { useState } from 'preact/hooks';
import { say } from '../i18n/review';
import { addressOfPage } from '../review/address';
import { bookmarkletAddress, bookmarkletCode } from './bookmarklet';

/** The bookmarklet as a link to be dragged to the bookmarks, with its code. */
export function BookmarkletSection() {
  const [clicked, setClicked] = useState(false);
  const code = bookmarkletCode(new URL(addressOfPage('inbox'), location.href).href);
  return (
    <section aria-labelledby="bookmarklet-head">
      <h2 id="bookmarklet-head">{say('bookmarklet.head')}</h2>
      <p>{say('bookmarklet.why')}</p>
      <p>
        <a
          class="bookmarklet"
          href={bookmarkletAddress(code)}
          draggable
          onClick={(event) => {
            event.preventDefault(); // This page's policy does not let it run here.
            setClicked(true);
          }}
        >
          {say('bookmarklet.link')}
        </a>
      </p>
      <p role="status">{clicked && say('bookmarklet.drag')}</p>
      <details>
        <summary>{say('bookmarklet.code')}</summary>
        <pre dir="ltr" tabIndex={0}>
          {code}
        </pre>
      </details>
    </section>
  );
}
