/**
 * What is left out when two runs are compared byte by byte (design section 2): the one list. Where a record stood in a
 * log says nothing about its customer.
 */
export const POSITIONS: readonly string[] = ['position', 'partition', 'quarantineId'];
/** Between separate runs also when something was received: by the clock, or as the day of receipt of recent ids. */
export const RECEIPT_TIMES: readonly string[] = ['knownAt', 'receivedAt', 'receivedDay'];

/** How two runs relate: one log processed twice, or the same input received twice. */
export type Between = 'one-log' | 'separate-runs';

/** The JSON of a value for comparison, without what is left out; keys stay in their order, which counts too. */
export function comparable(value: unknown, between: Between): string {
  const left = new Set(between === 'one-log' ? POSITIONS : [...POSITIONS, ...RECEIPT_TIMES]);
  return JSON.stringify(value, (key, item: unknown) => (left.has(key) ? undefined : item));
}

/** The records of each key, in order, ready to be compared. */
export function comparableByKey(
  records: readonly { readonly key: string; readonly value: unknown }[],
  between: Between,
): ReadonlyMap<string, string> {
  const lists = new Map<string, string[]>();
  for (const { key, value } of records) {
    const list = lists.get(key) ?? [];
    lists.set(key, list);
    list.push(comparable(value, between));
  }
  return new Map(
    [...lists].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, list]) => [key, list.join('\n')]),
  );
}

/** Where two pictures differ first, as sentences that show the place; empty when they are the same. */
export function differences(
  expected: ReadonlyMap<string, string>,
  actual: ReadonlyMap<string, string>,
): string[] {
  const keys = new Set([...expected.keys(), ...actual.keys()]);
  return [...keys].flatMap((key) => {
    const [one, other] = [expected.get(key), actual.get(key)];
    if (one === other) return [];
    if (one === undefined || other === undefined)
      return [`${key} is only in ${one === undefined ? 'the second' : 'the first'}`];
    let at = 0;
    while (one[at] === other[at]) at += 1;
    const near = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
    return [`${key} differs: …${near(one)}… and …${near(other)}…`];
  });
}
