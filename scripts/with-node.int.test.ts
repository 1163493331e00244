import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from './support/run-command.ts';

/** A project folder of its own that looks installed: the launcher, a lock without packages, a script to run. */
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'with-node-'));
  mkdirSync(join(folder, 'scripts/support'), { recursive: true });
  cpSync(join(ROOT, 'scripts/with-node.mjs'), join(folder, 'scripts/with-node.mjs'));
  cpSync(join(ROOT, 'scripts/support/dependencies.mjs'), join(folder, 'scripts/support/dependencies.mjs'));
  writeJson('package.json', { name: 'example', private: true, type: 'module' });
  writeJson('package-lock.json', lockOf({}));
  writeJson('node_modules/.package-lock.json', lockOf({}));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lockOf(packages: Record<string, unknown>): unknown {
  return { name: 'example', lockfileVersion: 3, requires: true, packages };
}

function writeJson(path: string, value: unknown): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(value));
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

function launch(script: string, parameters: readonly string[] = [], env: Record<string, string> = {}): Run {
  writeFileSync(join(folder, 'example.ts'), script);
  const child = spawn(process.execPath, ['scripts/with-node.mjs', 'example.ts', ...parameters], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return { child, ended: once(child, 'close').then(([code]) => ({ code, out, err })) };
}

describe('running a script', () => {
  it('passes arguments, output and exit code through, with TypeScript and SQLite and no warning', async () => {
    const { ended } = launch(
      `import { DatabaseSync } from 'node:sqlite';
       const words: readonly string[] = process.argv.slice(2);
       new DatabaseSync(':memory:').close();
       console.log(JSON.stringify(words));
       process.exitCode = 7;`,
      ['one', 'two words', '--three'],
    );
    expect(await ended).toEqual({ code: 7, out: '["one","two words","--three"]\n', err: '' });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'passes %s on and lets the script end in its own way',
    async (signal) => {
      const { child, ended } = launch(
        `process.on('${signal}', () => { console.log('told'); process.exit(3); });
       setInterval(() => undefined, 1_000);
       console.log('ready');`,
      );
      await once(child.stdout ?? child, 'data');
      child.kill(signal);
      expect(await ended).toEqual({ code: 3, out: 'ready\ntold\n', err: '' });
    },
  );

  it('ends with 128 and the number of the signal that ended the script', async () => {
    const { ended } = launch(`process.kill(process.pid, 'SIGKILL');`);
    expect((await ended).code).toBe(137);
  });
});

describe('dependencies', () => {
  /** A registry that refuses connections, and an empty cache: what a first run without a network meets. */
  function offline(): Record<string, string> {
    return { npm_config_registry: 'http://127.0.0.1:9/', npm_config_cache: join(folder, 'cache') };
  }
  const wanted = {
    '': { name: 'example', dependencies: { 'left-out': '1.0.0' } },
    'node_modules/left-out': { version: '1.0.0', resolved: 'http://127.0.0.1:9/left-out.tgz' },
  };

  it.each(['missing', 'stale'])(
    'are installed when %s; offline that is said in a sentence',
    async (state) => {
      writeJson('package.json', { name: 'example', private: true, dependencies: { 'left-out': '1.0.0' } });
      writeJson('package-lock.json', lockOf(wanted));
      if (state === 'missing') rmSync(join(folder, 'node_modules'), { recursive: true });
      const { code, out, err } = await launch('console.log("ran");', [], offline()).ended;
      expect(out).toBe('');
      expect(code).toBe(1);
      const occasion = state === 'missing' ? 'first run' : 'node_modules is out of date';
      const [announcement, sentence, ...rest] = err.trim().split('\n');
      expect(announcement).toBe(`Installing dependencies (${occasion})…`);
      expect(sentence).toMatch(
        /^The dependencies could not be installed because the npm registry cannot be reached/,
      );
      expect(rest).toEqual([]);
    },
  );
});
