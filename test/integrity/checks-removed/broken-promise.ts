/** An adapter did not do what it promises. Anything else that goes wrong in a scenario shows nothing. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

/** @throws BrokenPromise with the sentence that was to hold */
export function promised(sentence: string, isKept: boolean): asserts isKept {
  if (!isKept) throw new BrokenPromise(sentence);
}

/** Whether two values are the same JSON. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The code of the StreamError that the work fails with; `done` when it does not fail. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string') throw error;
    return code;
  }
}
