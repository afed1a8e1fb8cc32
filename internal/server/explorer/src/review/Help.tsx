import { useEffect, useRef } from 'preact/hooks';
import { say } from '../i18n/review';
import { type Action, actionKeys } from '../proposal/keys';
import { helpOpen } from './helpOpen';

/** The keys of the page, in a dialog. */
export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (helpOpen.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [helpOpen.value]);
  return (
    <dialog ref={dialog} aria-labelledby="help-title" onClose={() => (helpOpen.value = false)}>
      <h2 id="help-title">{say('help.title')}</h2>
      <dl class="keys">
        {(Object.keys(actionKeys) as Action[]).map((action) => (
          <div key={action}>
            <dt>
              {actionKeys[action].map((key) => (
                <kbd key={key} dir="ltr">
                  {key === 'ArrowDown' ? '↓' : key === 'ArrowUp' ? '↑' : key}
                </kbd>
              ))}
            </dt>
            <dd>{say(`help.${action}`)}</dd>
          </div>
        ))}
      </dl>
      <p class="muted">{say('help.note')}</p>
      <button type="button" onClick={() => (helpOpen.value = false)}>
        {say('close')}
      </button>
    </dialog>
  );
}
