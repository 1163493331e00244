import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts a program into a folder that does nothing but say something. */
export function fakeProgram(folder: string, name: string, says: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
  return path;
}
