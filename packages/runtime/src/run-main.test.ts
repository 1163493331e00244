import { describe, expect, it } from 'vitest';
import { OperatorError } from './operator-error.ts';
import { type MainProcess, runMain } from './run-main.ts';

/** A process that remembers what was written and with what it was told to end. */
function recordingProcess() {
  const written: string[] = [];
  const exits: number[] = [];
  let uncaught: (error: unknown) => void = () => undefined;
  let brokenOutput: (error: NodeJS.ErrnoException) => void = () => undefined;
  const host: MainProcess = {
    stderr: { write: (text) => written.push(text) },
    stdout: {
      on: (_event, listener) => {
        brokenOutput = listener;
      },
    },
    on: (_event, listener) => {
      uncaught = listener;
    },
    exit: (code) => exits.push(code),
  };
  return {
    host,
    written,
    exits,
    throwUncaught: (error: unknown) => uncaught(error),
    breakOutput: (code: string) => brokenOutput(Object.assign(new Error(code), { code })),
  };
}

describe('a program that ends in an error', () => {
  it('shows an operator one sentence and no stack', async () => {
    const { host, written, exits } = recordingProcess();
    await runMain(async () => {
      throw new OperatorError('Port 80 is taken.');
    }, host);
    expect(written).toEqual(['Port 80 is taken.\n']);
    expect(exits).toEqual([1]);
  });

  it('ends with the exit code that the operator error carries', async () => {
    const { host, exits } = recordingProcess();
    await runMain(async () => {
      throw new OperatorError('No such command.', { exitCode: 2 });
    }, host);
    expect(exits).toEqual([2]);
  });

  it('shows the stack and the causes of a fault of ours and ends with 70', async () => {
    const { host, written, exits } = recordingProcess();
    await runMain(async () => {
      throw new Error('state is missing', { cause: new Error('disk is full') });
    }, host);
    expect(written[0]).toMatch(
      /^Internal fault: Error: state is missing\n\s+at .*Caused by: Error: disk is full/s,
    );
    expect(exits).toEqual([70]);
  });

  it('treats an error that nobody awaited in the same way', () => {
    const { host, written, exits, throwUncaught } = recordingProcess();
    void runMain(async () => undefined, host);
    throwUncaught(new OperatorError('The data folder is in use.'));
    throwUncaught('thrown text');
    expect(written).toEqual(['The data folder is in use.\n', 'Internal fault: thrown text\n']);
    expect(exits).toEqual([1, 70]);
  });
});

describe('a program whose output nobody reads any more', () => {
  it('ends without complaint', () => {
    const { host, written, exits, breakOutput } = recordingProcess();
    void runMain(async () => undefined, host);
    breakOutput('EPIPE');
    expect([written, exits]).toEqual([[], [0]]);
  });

  it('does not hide any other fault of the output', () => {
    const { host, exits, breakOutput } = recordingProcess();
    void runMain(async () => undefined, host);
    breakOutput('ENOSPC');
    expect(exits).toEqual([70]);
  });
});

it('a program that succeeds is left to end by itself', async () => {
  const { host, written, exits } = recordingProcess();
  await runMain(async () => undefined, host);
  expect([written, exits]).toEqual([[], []]);
});
