import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Clock ticks of `/proc` in a second: 100 on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;
const LISTENING = '0A';

/** Whether this machine tells what its processes use (Linux). */
export const TELLS_CPU = existsSync('/proc/self/stat');

/** Processor time, user and system, that a process and its descendants have used so far, ms; those that ended aside. */
export function cpuMsOf(pid: number): number {
  const children = new Map<number, number[]>();
  for (const each of processes()) {
    const parent = Number(statOf(each)?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), each]);
  }
  let ticks = 0;
  for (const found = [pid]; found.length > 0; ) {
    const next = found.pop() ?? 0;
    const stat = statOf(next);
    ticks += Number(stat?.[11] ?? 0) + Number(stat?.[12] ?? 0);
    found.push(...(children.get(next) ?? []));
  }
  return (ticks * 1_000) / TICKS_A_SECOND;
}

/** The process that listens on a port of this machine; undefined when it cannot be seen (a container, another user). */
export function processOnPort(port: number): number | undefined {
  const inode = listeningInode(port);
  if (inode === undefined) return undefined;
  return processes().find((pid) => {
    try {
      const folder = `/proc/${pid}/fd`;
      return readdirSync(folder).some((name) => linkOf(`${folder}/${name}`) === `socket:[${inode}]`);
    } catch {
      return false;
    }
  });
}

function listeningInode(port: number): string | undefined {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    if (!existsSync(table)) continue;
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === LISTENING && local?.endsWith(`:${wanted}`)) return inode;
    }
  }
  return undefined;
}

function processes(): number[] {
  if (!TELLS_CPU) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The fields after the name, which may hold anything; state first. Undefined when the process has ended. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
