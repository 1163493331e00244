import { useRef, useState } from 'preact/hooks';
import { recall, remember } from '../lib/storage.ts';

let answer: ((actor: string | null) => void) | null = null;
const DIALOG_ID = 'actor';

/** The reader's name for actions; asked once per browser. Null: they did not want to say, so nothing is done. */
export function askActor(): Promise<string | null> {
  const known = recall('actor');
  if (known) return Promise.resolve(known);
  const dialog = document.getElementById(DIALOG_ID);
  if (!(dialog instanceof HTMLDialogElement)) return Promise.resolve(null);
  answer?.(null);
  dialog.showModal();
  return new Promise((resolve) => {
    answer = resolve;
  });
}

function settle(actor: string | null): void {
  answer?.(actor);
  answer = null;
}

/** Asks for a name before the first action. */
export function ActorDialog() {
  const [name, setName] = useState('');
  const dialog = useRef<HTMLDialogElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const actor = name.trim().slice(0, 200);
    if (!actor) return;
    remember('actor', actor);
    settle(actor);
    dialog.current?.close();
  };
  return (
    <dialog
      id={DIALOG_ID}
      ref={dialog}
      class="dialog"
      aria-labelledby="actor-title"
      onClose={() => settle(null)}
    >
      <form onSubmit={submit}>
        <h2 id="actor-title">Who are you?</h2>
        <p>Your name is kept in this browser and written into the history of what you acknowledge.</p>
        <label class="field">
          <span>Name</span>
          <input
            type="text"
            required
            maxLength={200}
            autocomplete="name"
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="button primary">
            Acknowledge
          </button>
        </div>
      </form>
    </dialog>
  );
}
