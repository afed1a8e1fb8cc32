import { say, hasText } from '../i18n/review';
import { ServerFault } from '../proposal/exchange';
import { FileFault } from '../proposal/files';

/** An error in words, and in the server's own, which are English. */
export function Fault({ error }: { error: unknown }) {
  if (error === undefined) return null;
  if (error instanceof FileFault) {
    return (
      <p class="failure" role="alert">
        {say(`file.${error.reason}`)} {error.where !== '' && <bdi dir="ltr">{error.where}</bdi>}
      </p>
    );
  }
  const code = error instanceof ServerFault ? `fault.${error.code}` : 'fault.INTERNAL';
  const message = error instanceof Error ? error.message : '';
  return (
    <div class="failure" role="alert">
      <strong>{say(hasText(code) ? code : 'fault.INTERNAL')}</strong>
      {message !== '' && (
        <p lang="en" dir="ltr">
          {message}
        </p>
      )}
    </div>
  );
}
