/**
 * Sees to it that servers do not outlive the program that started them. It is told line by line on its input what to
 * watch; when the input ends, because that program closed it or died, also by SIGKILL, it kills the processes and
 * deletes the folders.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const processes = new Set<number>();
const folders = new Set<string>();

/** `watch <process id>`, `forget <process id>` or `remove <folder>`. */
function obey(line: string): void {
  const [verb, ...words] = line.split(' ');
  const what = words.join(' ');
  if (verb === 'watch') processes.add(Number(what));
  if (verb === 'forget') processes.delete(Number(what));
  if (verb === 'remove') folders.add(what);
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

createInterface({ input: process.stdin })
  .on('line', obey)
  .once('close', () => {
    processes.forEach(kill);
    // A killed process may write until it is really gone.
    const remove = (folder: string): void =>
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    folders.forEach(remove);
  });
