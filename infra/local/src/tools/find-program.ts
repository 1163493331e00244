import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The variables of the environment that are looked at. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Path of a program that the PATH leads to; undefined when there is none. */
export function findProgram(name: string, env: Environment): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** Whether there is a program there. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
