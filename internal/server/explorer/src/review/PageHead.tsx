import type { ComponentChildren } from 'preact';
import { say } from '../i18n/review';
import { Preferences } from '../parts/Preferences';
import { SignOut } from '../session/SignOut';
import { addressOfPage } from './address';

/** The bar at the top of /review and /inbox. */
export function PageHead({ page, children }: { page: 'review' | 'inbox'; children?: ComponentChildren }) {
  return (
    <header class="top">
      <h1>{say(page === 'review' ? 'review.title' : 'inbox.title')}</h1>
      <nav aria-label={say('pages')}>
        <a href={addressOfPage('explore')}>{say('pages.explore')}</a>{' '}
        {page === 'review' ? (
          <a href={addressOfPage('inbox')}>{say('pages.inbox')}</a>
        ) : (
          <a href={addressOfPage('review')}>{say('pages.review')}</a>
        )}
      </nav>
      {children}
      <span class="grow" />
      <Preferences />
      <SignOut />
    </header>
  );
}
