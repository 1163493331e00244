import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FolderLock, lockDataFolder } from './lock-data-folder.ts';

const HOLDER = join(import.meta.dirname, 'lock-holder.fixture.ts');

describe('locking a data folder', () => {
  let folder: string;
  const releases: (() => void)[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bellwether-lock-'));
  });
  afterEach(() => {
    for (const release of releases.splice(0)) release();
    rmSync(folder, { recursive: true, force: true });
  });
  function lock(path = folder): FolderLock {
    const result = lockDataFolder(path);
    if (result.ok) releases.push(result.release);
    return result;
  }

  it('lets one in and tells the next who it is and where', () => {
    const first = lock();
    expect(lock()).toEqual({ ok: false, processId: process.pid });
    if (first.ok) first.setAddress('http://localhost:8081');
    expect(lock()).toEqual({ ok: false, processId: process.pid, address: 'http://localhost:8081' });
  });

  it('is free again after release, which may be called twice', () => {
    const first = lock();
    if (!first.ok) throw new Error('not locked');
    first.release();
    const second = lock();
    expect(second.ok).toBe(true);
    first.release();
    expect(lock().ok).toBe(false);
  });

  it('makes the folder, leaves other folders alone and no file that the next cannot read', () => {
    expect(lock(join(folder, 'new')).ok).toBe(true);
    expect(lock(join(folder, 'other')).ok).toBe(true);
    writeFileSync(join(folder, 'new', 'owner.json'), '{"address":');
    expect(lock(join(folder, 'new'))).toEqual({ ok: false });
    expect(readdirSync(join(folder, 'other')).sort()).toEqual(['lock.sqlite', 'owner.json']);
  });

  it('holds between processes and ends with a killed one', async () => {
    const holder = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', HOLDER, folder]);
    try {
      await once(holder.stdout, 'data');
      expect(lock()).toEqual({ ok: false, processId: holder.pid, address: 'http://localhost:8080' });
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    }
    const next = lock();
    expect(next.ok).toBe(true);
    // The address of the one that was killed is not taken for the new owner's.
    expect(lock()).toEqual({ ok: false, processId: process.pid });
  });

  it('says in a plain sentence that the folder cannot be used', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const unusable = { code: 'unavailable', message: expect.stringMatching(/cannot be opened for writing/) };
    expect(() => lock(file)).toThrow(expect.objectContaining(unusable));
    mkdirSync(join(folder, 'taken', 'lock.sqlite'), { recursive: true });
    expect(() => lock(join(folder, 'taken'))).toThrow(expect.objectContaining(unusable));
  });
});
