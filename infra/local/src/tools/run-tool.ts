import { spawn } from 'node:child_process';
import { OperatorError } from '@bellwether/runtime';

export interface ToolOptions {
  readonly workingFolder?: string;
  /** Given every line that the tool prints, for progress. */
  readonly onLine?: (line: string) => void;
}

/** How many lines of a tool's output are kept for the sentence about its failure. */
const KEPT_LINES = 12;

/**
 * Runs a program to its end and gives back what it printed last. When it fails, an `OperatorError` holds `purpose`
 * ("Kafka could not be fetched with Maven") and the last lines.
 */
export function runTool(
  command: { readonly program: string; readonly parameters: readonly string[]; readonly purpose: string },
  { workingFolder, onLine }: ToolOptions = {},
): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(command.program, [...command.parameters], {
      cwd: workingFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    const keep = (line: string): void => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      onLine?.(line);
    };
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        const parts = (rest + text).split(/\r?\n|\r/);
        rest = parts.pop() ?? '';
        for (const part of parts) if (part.trim() !== '') keep(part);
      });
      stream.once('end', () => {
        if (rest.trim() !== '') keep(rest);
      });
    }
    const fail = (why: string, cause?: unknown): void =>
      reject(
        new OperatorError(`${command.purpose}: ${[why, ...lines].join('\n  ')}`, {
          cause,
        }),
      );
    child.once('error', (error) => fail(`${command.program} could not be started (${error.message})`, error));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(lines);
      else fail(`${command.program} ended with ${signal ?? `code ${code}`}`);
    });
  });
}
