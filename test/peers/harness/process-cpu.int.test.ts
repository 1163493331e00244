import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { cpuMsOf, processOnPort, TELLS_CPU } from './process-cpu.ts';

// Only Linux tells what a process uses under /proc.
describe.skipIf(!TELLS_CPU)('what a process uses', () => {
  it('grows with its work, and holds that of its children', async () => {
    const before = cpuMsOf(process.pid);
    const work = 'const end = Date.now() + 400; while (Date.now() < end); setTimeout(() => {}, 60_000)';
    const child = spawn(process.execPath, ['-e', work]);
    try {
      await expect.poll(() => cpuMsOf(child.pid ?? 0), { timeout: 20_000 }).toBeGreaterThan(100);
      expect(cpuMsOf(process.pid) - before).toBeGreaterThan(100);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('is nothing for a process that is not there', () => {
    expect(cpuMsOf(2 ** 30)).toBe(0);
  });

  it('is found by the port it listens on', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    expect(processOnPort(port)).toBe(process.pid);
    await new Promise((resolve) => server.close(resolve));
    expect(processOnPort(port)).toBeUndefined();
  });
});
