import { escapeKey } from '../values/escape-key.ts';

/** Where a field of a state lies in a stored document. No path can leave the state or become an operator. */
export function statePath(path: string): string {
  return `state.${storedPath(path)}`;
}

/** A path inside a stored value: its names as they are stored. */
export function storedPath(path: string): string {
  return path.split('.').map(escapeKey).join('.');
}
