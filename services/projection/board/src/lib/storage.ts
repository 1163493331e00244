/** What this browser remembers between visits. Where storage is blocked, nothing is remembered and nothing fails. */
const PREFIX = 'bellwether.';

/** The remembered text under `key`, or null. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/** Remembers `text` under `key`; null forgets it. */
export function remember(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, text);
  } catch (error) {
    // Private windows may refuse: the board works without a memory.
    void error;
  }
}
