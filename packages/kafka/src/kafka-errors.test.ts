import { StreamError } from '@bellwether/stream';
import { describe, expect, it } from 'vitest';
import { codeOf, isFencing, isPassing, unavailable } from './kafka-errors.ts';
import { errorOfCode } from './kafkajs-internals.ts';

describe('an error of Kafka', () => {
  it.each([
    ['of an older epoch', 47],
    ['of a transaction that somebody else ended', 48],
    ['of a producer id that was given up', 49],
    ['that kafkajs does not know yet (PRODUCER_FENCED)', 90],
  ])('%s means that a newer session took over', (_name, code) => {
    expect(codeOf(errorOfCode(code))).toBe(code);
    expect(isFencing(errorOfCode(code))).toBe(true);
    expect(isPassing(errorOfCode(code))).toBe(false);
  });

  it('passes when the broker says so, but not when another broker must be asked or nobody answered', () => {
    const LOADING = 14;
    const CONCURRENT_TRANSACTIONS = 51;
    const UNSTABLE_OFFSET = 88;
    const NOT_COORDINATOR = 16;
    for (const code of [LOADING, CONCURRENT_TRANSACTIONS, UNSTABLE_OFFSET])
      expect(isPassing(errorOfCode(code))).toBe(true);
    expect(isPassing(errorOfCode(NOT_COORDINATOR))).toBe(false);
    const refused = Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED', retriable: true });
    expect(isPassing(refused)).toBe(false);
    expect(codeOf(refused)).toBeUndefined();
  });

  it('is told as one that taking over again may mend, unless the log has said more', () => {
    expect(unavailable('Reading a/0 failed', new Error('no route'))).toMatchObject({
      code: 'unavailable',
      message: 'Reading a/0 failed: no route',
    });
    const refused = new StreamError('refused', 'too large');
    expect(unavailable('Publishing failed', refused)).toBe(refused);
  });
});
