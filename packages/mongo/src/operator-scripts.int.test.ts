import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { DOCUMENT_INDEXES, ENTRY_INDEXES } from './indexes.ts';

/** The database of three collections as the shell has it; what a script does to them is noted. */
function shell(options: { readonly spread: readonly string[] }) {
  const samples: Record<string, object | undefined> = {
    'scoring-customers': { _id: 'a', writeVersion: 3 },
    'projection-history': { _id: 'e', group: 'g', order: 1 },
    'alerting-customers': undefined,
    'system.profile': undefined,
  };
  const created: Record<string, unknown[]> = {};
  const sharded: unknown[] = [];
  const collection = (name: string) => ({
    findOne: (filter: Record<string, unknown>) => {
      const [field = ''] = Object.keys(filter);
      const found =
        name === 'collections' ? options.spread.includes(String(filter._id)) : field in (samples[name] ?? {});
      return found ? {} : null;
    },
    createIndex: (key: object, rest: object = {}) => {
      created[name] = [...(created[name] ?? []), { ...rest, key }];
    },
  });
  const db = {
    getName: () => 'bellwether',
    getCollectionNames: () => Object.keys(samples),
    getCollection: collection,
    getSiblingDB: () => ({ getCollection: collection }),
  };
  const sh = { shardCollection: (...what: unknown[]) => sharded.push(what) };
  const run = (script: string) => {
    const text = readFileSync(new URL(`../../../infra/mongo/${script}`, import.meta.url), 'utf8');
    runInNewContext(text, { db, sh, print: () => undefined });
    // Objects of another context have another prototype.
    return JSON.parse(JSON.stringify({ created, sharded }));
  };
  return { run };
}

it('operators create the same indexes as the services', () => {
  const { created } = shell({ spread: [] }).run('create-indexes.js');
  expect(created).toEqual({ 'scoring-customers': DOCUMENT_INDEXES, 'projection-history': ENTRY_INDEXES });
});

it('operators spread every collection by the hash of its id, each once', () => {
  const { created, sharded } = shell({ spread: ['bellwether.scoring-customers'] }).run(
    'shard-collections.js',
  );
  const byHash = { _id: 'hashed' };
  expect(sharded).toEqual([
    ['bellwether.projection-history', byHash],
    ['bellwether.alerting-customers', byHash],
  ]);
  expect(created).toEqual({
    'projection-history': [{ key: byHash }],
    'alerting-customers': [{ key: byHash }],
  });
});
