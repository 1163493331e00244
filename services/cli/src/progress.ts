import { Presets, SingleBar } from 'cli-progress';

/** How far work has come that is not counted towards a known number. */
export interface Stand {
  /** 0..100; null: not known. */
  readonly percent: number | null;
  /** What is done, and what it is called: 1200 rows. */
  readonly count: number;
  readonly unit: string;
  /** Units a second. */
  readonly perSecond: number;
  /** Seconds to the end at the present speed; null: not known. */
  readonly leftS: number | null;
}

/** Progress of long work: a bar with rate and time left on a terminal, a plain line every few seconds elsewhere. */
export interface Progress {
  update(done: number, total: number): void;
  show(stand: Stand): void;
  finish(sentence: string): void;
}

/** The same in words. */
interface Told {
  readonly percent: number | null;
  readonly what: string;
  readonly rate: string;
  readonly left: string;
}

const LINE_EVERY_MS = 3_000;

/** @param now a clock that never goes back, ms */
export function createProgress(
  title: string,
  output: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  const startedMs = now();
  const { tell, end } = output.isTTY ? bar(title, output as NodeJS.WriteStream) : lines(title, output, now);
  return {
    update: (done, total) => {
      const { rate, left } = pace(done, total, now() - startedMs);
      const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
      tell({ percent, what: `${done} of ${total}`, rate: `${rate}/s`, left });
    },
    show: ({ percent, count, unit, perSecond, leftS }) => {
      const rate = `${perSecond} ${unit}/s`;
      tell({
        percent: percent === null ? null : Math.floor(percent),
        what: `${count} ${unit}`,
        rate,
        left: timeText(leftS),
      });
    },
    finish: (sentence) => {
      end();
      output.write(`${sentence}\n`);
    },
  };
}

interface Teller {
  readonly tell: (told: Told) => void;
  readonly end: () => void;
}

function bar(title: string, output: NodeJS.WriteStream): Teller {
  const single = new SingleBar(
    {
      format: `${title} [{bar}] {percentage} % | {what} | {rate} | {left} left`,
      stream: output,
      hideCursor: true,
      clearOnComplete: true,
      barsize: 28,
    },
    Presets.legacy,
  );
  let started = false;
  return {
    tell: ({ percent, ...told }) => {
      if (!started) single.start(100, percent ?? 0, told);
      started = true;
      single.update(percent ?? 0, told);
    },
    end: () => {
      if (started) single.stop();
    },
  };
}

function lines(title: string, output: Pick<NodeJS.WriteStream, 'write'>, now: () => number): Teller {
  let lastMs = now();
  let isAllTold = false;
  return {
    tell: ({ percent, what, rate, left }) => {
      const nowMs = now();
      // That all is done is told once, however long what belongs to it goes on.
      if (nowMs - lastMs < LINE_EVERY_MS || (percent === 100 && isAllTold)) return;
      lastMs = nowMs;
      isAllTold = percent === 100;
      output.write(`${title}: ${percent === null ? '' : `${percent} % `}(${what}), ${rate}, ${left} left\n`);
    },
    end: () => undefined,
  };
}

/** Records a second so far, and the time left at that pace in words. */
export function pace(done: number, total: number, elapsedMs: number): { rate: number; left: string } {
  const rate = elapsedMs <= 0 ? 0 : Math.round((done * 1000) / elapsedMs);
  return { rate, left: timeText(rate === 0 ? null : Math.ceil((total - done) / rate)) };
}

function timeText(seconds: number | null): string {
  if (seconds === null) return 'unknown time';
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
