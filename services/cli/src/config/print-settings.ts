import type { ReadSettings } from './read-settings.ts';
import { SETTINGS } from './settings.ts';

const HIDDEN = '********';

/** The settings as a table: name, value, where it came from. Secrets are hidden, and passwords within addresses. */
export function printSettings({ settings, origins }: ReadSettings): string {
  const values = Object.values(settings);
  const rows = Object.values(SETTINGS).map(({ name }, n) => {
    const origin = origins[n];
    const isSecret = origin?.isSecret === true;
    return [name, show(values[n], isSecret), origin?.from ?? 'default'] as const;
  });
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(([name, value, from]) => `${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${from}`)
    .join('\n');
}

function show(value: unknown, isSecret: boolean): string {
  if (value === undefined) return '(not set)';
  const text = Array.isArray(value) ? value.join(',') : String(value);
  if (!isSecret) return text;
  return /^[a-z+]+:\/\//.test(text) ? withoutPassword(text) : HIDDEN;
}

/** An address without user and password, also where several hosts stand in it. */
function withoutPassword(address: string): string {
  return address
    .replace(/^([a-z+]+:\/\/)[^@/]*@/, `$1${HIDDEN}@`)
    .replace(/(password=)[^&]*/gi, `$1${HIDDEN}`);
}
