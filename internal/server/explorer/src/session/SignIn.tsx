import { refused } from '../api/answer';
import { askAgain } from '../api/revision';
import { t } from '../i18n/messages';
import { addressOf, whole } from '../share/addresses';
import { view } from '../state/store';
import { SignInForm } from './SignInForm';

/** Says that the server needs a token, and takes one. In another page it cannot: browsers send no cookies there. */
export function SignIn() {
  if (view.value.embed !== undefined) {
    return (
      <main class="sign-in">
        <p role="alert">{t('session.embedded')}</p>
        <p>
          <a href={addressOf(location.href, whole(view.value))} target="_blank" rel="noopener">
            {t('credit.open')}
          </a>
        </p>
      </main>
    );
  }
  const enter = () => {
    refused.value = false;
    askAgain();
  };
  return (
    <main class="sign-in">
      <SignInForm why={t('session.needed')} onSignedIn={enter} />
    </main>
  );
}
