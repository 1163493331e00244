import { differences } from '@bellwether/testkit';
import type { Picture } from './picture.ts';

/** Where two pictures differ, as sentences; `but` names parts that are not compared. */
export function pictureFaults(
  expected: Picture,
  actual: Picture,
  but: readonly (keyof Picture)[] = [],
): string[] {
  const parts = (Object.keys(expected) as (keyof Picture)[]).filter((part) => !but.includes(part));
  return parts
    .flatMap((part) => differences(expected[part], actual[part]).map((fault) => `${part}: ${fault}`))
    .slice(0, 10);
}
