import { Presets, SingleBar } from 'cli-progress';

/** Progress of long work: a bar with rate and time left on a terminal, a plain line every few seconds elsewhere. */
export interface Progress {
  update(done: number, total: number): void;
  finish(sentence: string): void;
}

const LINE_EVERY_MS = 3_000;

export function createProgress(title: string, output: NodeJS.WriteStream = process.stderr): Progress {
  return output.isTTY ? bar(title, output) : lines(title, output);
}

function bar(title: string, output: NodeJS.WriteStream): Progress {
  const single = new SingleBar(
    {
      format: `${title} [{bar}] {percentage} % | {value}/{total} | {rate}/s | {left} left`,
      stream: output,
      hideCursor: true,
      clearOnComplete: true,
      barsize: 28,
    },
    Presets.legacy,
  );
  const startedMs = performance.now();
  let started = false;
  return {
    update: (done, total) => {
      const { rate, left } = pace(done, total, performance.now() - startedMs);
      if (!started) {
        single.start(total, done, { rate, left });
        started = true;
      }
      single.setTotal(total);
      single.update(done, { rate, left });
    },
    finish: (sentence) => {
      if (started) single.stop();
      output.write(`${sentence}\n`);
    },
  };
}

function lines(title: string, output: NodeJS.WriteStream): Progress {
  const startedMs = performance.now();
  let lastMs = startedMs;
  return {
    update: (done, total) => {
      const nowMs = performance.now();
      if (nowMs - lastMs < LINE_EVERY_MS) return;
      lastMs = nowMs;
      const { rate, left } = pace(done, total, nowMs - startedMs);
      const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
      output.write(`${title}: ${percent} % (${done} of ${total}), ${rate}/s, ${left} left\n`);
    },
    finish: (sentence) => {
      output.write(`${sentence}\n`);
    },
  };
}

/** Records a second so far, and the time left at that pace in words. */
export function pace(done: number, total: number, elapsedMs: number): { rate: number; left: string } {
  const rate = elapsedMs <= 0 ? 0 : Math.round((done * 1000) / elapsedMs);
  if (rate === 0) return { rate, left: 'unknown time' };
  const seconds = Math.ceil((total - done) / rate);
  return { rate, left: seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min` };
}
