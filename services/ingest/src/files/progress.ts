/** How far an import has come. */
export interface ImportProgress {
  readonly phase: 'reading' | 'appending';
  readonly rowsRead: number;
  readonly badRows: number;
  /** Events in order of time, ready to be appended. */
  readonly eventsSorted: number;
  /** Records of the import that stand in the log, day marks and contexts among them. */
  readonly appended: number;
  /** Rows read or records appended a second in this phase. */
  readonly perSecond: number;
  /** 0..100 over both phases; null where the size is not known. */
  readonly percent: number | null;
  /** Seconds until the end at the present speed; null where it is not known. */
  readonly leftS: number | null;
}

interface Counts {
  readonly rowsRead: number;
  readonly badRows: number;
  readonly eventsSorted: number;
  readonly appended: number;
}

/** Reading takes about this part of an import's time. */
const READING_PART = 0.5;
const REPORT_EVERY_MS = 100;

/** Reports at most ten times a second, and at the end of each phase. */
export function createProgress(
  onProgress: ((progress: ImportProgress) => void) | undefined,
  now: () => number,
): {
  /** @param done part of the phase that is done, 0..1; undefined: not known */
  report(phase: ImportProgress['phase'], counts: Counts, done: number | undefined): void;
} {
  const startedAt = now();
  let phaseStartedAt = startedAt;
  let current: ImportProgress['phase'] = 'reading';
  let reportedAt = Number.NEGATIVE_INFINITY;
  return {
    report(phase, counts, done) {
      const at = now();
      if (phase !== current) {
        current = phase;
        phaseStartedAt = at;
        reportedAt = Number.NEGATIVE_INFINITY;
      }
      if (!onProgress || (at - reportedAt < REPORT_EVERY_MS && done !== 1)) return;
      reportedAt = at;
      const seconds = Math.max(0.001, (at - phaseStartedAt) / 1000);
      const part = done === undefined ? undefined : partOf(phase, done);
      onProgress({
        phase,
        ...counts,
        perSecond: Math.round((phase === 'reading' ? counts.rowsRead : counts.appended) / seconds),
        percent: part === undefined ? null : Math.round(part * 1000) / 10,
        leftS:
          part === undefined || part === 0
            ? null
            : Math.round((((at - startedAt) / 1000) * (1 - part)) / part),
      });
    },
  };
}

function partOf(phase: ImportProgress['phase'], done: number): number {
  return phase === 'reading' ? done * READING_PART : READING_PART + done * (1 - READING_PART);
}
