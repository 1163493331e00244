import { useKeys } from '../lib/keys.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'search'],
  ['j', 'next row'],
  ['k', 'previous row'],
  ['o', 'open the row'],
  ['a', 'acknowledge the alert'],
  ['?', 'this help'],
  ['Esc', 'close'],
];
const HELP_ID = 'help';

function helpDialog(): HTMLDialogElement | null {
  const element = document.getElementById(HELP_ID);
  return element instanceof HTMLDialogElement ? element : null;
}

/** Opens the list of keys. */
export function openHelp(): void {
  helpDialog()?.showModal();
}

/** What the keys and marks mean; opened with `?`. */
export function HelpDialog() {
  useKeys({ '?': () => openHelp() });
  return (
    <dialog id={HELP_ID} class="dialog" aria-labelledby="help-title">
      <h2 id="help-title">Keyboard</h2>
      <dl class="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" class="button">
          Close
        </button>
      </form>
    </dialog>
  );
}
