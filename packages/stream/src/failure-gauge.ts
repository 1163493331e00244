import { StreamError } from './errors.ts';

/** So many internal failures one after the other are a fault of the program, not of single records. */
export const MAX_FAILURES_IN_A_ROW = 20;
/** Records of one window in which the share of broken schemas is judged. */
export const SCHEMA_WINDOW_RECORDS = 1_000;

/** What a record says about the health of its partition; garbage says nothing. */
export type RecordSign = 'good' | 'internal-failure' | 'schema-break' | 'garbage';

/**
 * Tells single bad records, which are set aside, from a fault that would set everything aside: a run of internal
 * failures, or a producer whose schema broke (more than half of a window). Garbage never stops a partition.
 */
export class FailureGauge {
  readonly #failuresInARow: number;
  readonly #judged: number;
  readonly #broken: number;

  private constructor(failuresInARow: number, judged: number, broken: number) {
    this.#failuresInARow = failuresInARow;
    this.#judged = judged;
    this.#broken = broken;
  }

  static readonly EMPTY = new FailureGauge(0, 0, 0);

  /**
   * The gauge after one more record.
   * @throws StreamError `step-failed` or `schema-break` when the partition must stop
   */
  after(sign: RecordSign, where: string): FailureGauge {
    if (sign === 'garbage') return this;
    if (sign === 'good' && this.#failuresInARow === 0 && this.#judged === 0) return this;
    const failures = sign === 'internal-failure' ? this.#failuresInARow + 1 : 0;
    if (failures > MAX_FAILURES_IN_A_ROW) {
      throw new StreamError(
        'step-failed',
        `${failures} records in a row failed, the last one at ${where}: this is a fault of the program, so the ` +
          'partition stops here and nothing is lost. It goes on when a mended version starts.',
      );
    }
    const judged = this.#judged + 1;
    const broken = this.#broken + (sign === 'schema-break' ? 1 : 0);
    if (broken * 2 > SCHEMA_WINDOW_RECORDS) {
      throw new StreamError(
        'schema-break',
        `More than half of ${SCHEMA_WINDOW_RECORDS} records do not fit the schema that is read, the last one at ` +
          `${where}: a producer's schema broke. The partition stops here and nothing is lost; it goes on when the ` +
          'schema can be read again.',
      );
    }
    if (judged >= SCHEMA_WINDOW_RECORDS) return new FailureGauge(failures, 0, 0);
    return new FailureGauge(failures, broken === 0 ? 0 : judged, broken);
  }
}
