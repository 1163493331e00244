import type { QuarantineRecord } from '@bellwether/events';
import { MemoryLog } from '@bellwether/testkit';
import { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { registerQuarantineCommands } from './quarantine-commands.ts';
import { filterOf } from './quarantine-filter.ts';
import { listQuarantine } from './quarantine-list.ts';
import { redriveQuarantined } from './quarantine-redrive.ts';
import { originalOf, showQuarantined } from './quarantine-show.ts';

const NOW = Date.UTC(2026, 0, 5, 12);

function entry(offset: number, change: Partial<QuarantineRecord> = {}): QuarantineRecord {
  return {
    kind: 'quarantined',
    tenant: 'acme',
    quarantineId: `source-crm:0:${offset}`,
    customerId: 'c1',
    stage: 'ingest',
    reason: 'invalid-data',
    faults: [
      { path: '/data/amountMinor', expected: 'to be integer', got: '"12.5"' },
      { path: '/data/units', expected: 'no such field', got: '1' },
    ],
    position: { topic: 'source-crm', partition: 0, offset },
    original: `{"id":"e${offset}"}`,
    encoding: 'utf8',
    receivedAt: NOW,
    key: 'acme|c1',
    headers: { 'content-type': 'application/json' },
    ...change,
  };
}

async function logOf(...entries: readonly QuarantineRecord[]): Promise<MemoryLog> {
  const log = new MemoryLog();
  for (const value of entries) {
    const topic = value.stage === 'ingest' ? 'ingest-quarantine' : 'scoring-quarantine';
    await log.append([{ topic, key: value.tenant, value }]);
  }
  return log;
}
const redrive = (log: MemoryLog, request: Partial<Parameters<typeof redriveQuarantined>[1]>) =>
  redriveQuarantined(log, { ids: [], filter: {}, again: false, now: () => NOW, ...request });

describe('bellwether quarantine list', () => {
  it('shows the newest first, with reason and first fault, in columns', async () => {
    const log = await logOf(
      entry(1),
      entry(2, { tenant: '@unknown', customerId: null, reason: 'not-json', faults: [] }),
    );
    expect(await listQuarantine(log, {}, 20)).toBe(
      [
        'RECEIVED (UTC)    ID              TENANT    CUSTOMER  REASON        RE-DRIVEN  FAULT',
        '2026-01-05 12:00  source-crm:0:2  @unknown  -         not-json      -          -',
        '2026-01-05 12:00  source-crm:0:1  acme      c1        invalid-data  -          ' +
          '/data/amountMinor: expected to be integer, got "12.5" (and 1 more)',
        '',
      ].join('\n'),
    );
  });

  it('says when there is more, and when there is nothing', async () => {
    const log = await logOf(entry(1), entry(2), entry(3));
    expect(await listQuarantine(log, {}, 2)).toMatch(/The newest 2; --limit shows more/);
    expect(await listQuarantine(log, { tenant: 'globex' }, 20)).toBe(
      'Nothing of the kind is in quarantine.\n',
    );
  });
});

describe('bellwether quarantine show', () => {
  it('tells everything that is needed to put an input right', async () => {
    const log = await logOf(entry(1, { schemaId: 7, truncated: true }));
    const shown = await showQuarantined(log, 'source-crm:0:1');
    for (const text of [
      /^reason +invalid-data \(docs\/quarantine\.md#invalid-data\)$/m,
      /^stood at +source-crm partition 0 offset 1$/m,
      /^key +acme\|c1$/m,
      /^schema +7$/m,
      /^re-driven +no$/m,
      /\/data\/units: expected no such field, got 1/,
      /content-type: application\/json/,
      /original \(11 characters, only its beginning was kept\)\n\{"id":"e1"\}/,
    ]) {
      expect(shown).toMatch(text);
    }
  });

  it('shows what would steer a terminal as what it is', async () => {
    const log = await logOf(entry(1, { original: 'a\u001b[2Jb\nc', headers: { x: '\u0007' } }));
    const shown = await showQuarantined(log, 'source-crm:0:1');
    expect(shown).toContain('a\\u001b[2Jb\nc');
    expect(shown).toContain('x: \\u0007');
  });

  it('gives the original alone, byte for byte', async () => {
    const log = await logOf(entry(1, { original: 'AP8=', encoding: 'base64' }));
    expect([...(await originalOf(log, 'source-crm:0:1'))]).toEqual([0, 255]);
  });

  it('says where ids come from when there is no such entry', async () => {
    await expect(showQuarantined(await logOf(), 'x:1')).rejects.toThrow(
      /no x:1 in quarantine.*quarantine list/,
    );
  });
});

describe('bellwether quarantine redrive', () => {
  it('gives entries again by id, once unless told otherwise', async () => {
    const log = await logOf(entry(1), entry(2));
    const ids = ['source-crm:0:2'];
    expect(await redrive(log, { ids })).toBe('1 re-driven; services that run take them at once.\n');
    expect(await redrive(log, { ids })).toBe(
      '0 re-driven; services that run take them at once.\n1 left out: re-driven before (--again gives them again).\n',
    );
    expect(await redrive(log, { ids, again: true })).toMatch(/^1 re-driven/);
    expect(log.topic('source-crm').map(({ value }) => (value as { body: unknown }).body)).toEqual([
      { kind: 'json', text: '{"id":"e2"}' },
      { kind: 'json', text: '{"id":"e2"}' },
    ]);
    expect(await listQuarantine(log, {}, 20)).toMatch(/source-crm:0:2 .* 2026-01-05 12:00 /);
  });

  it('gives all that match a filter again, in their order, and says what cannot be', async () => {
    const row = { position: { file: 'f.csv', row: 3 }, quarantineId: 'acme:1:3' };
    const many = Array.from({ length: 450 }, (_, index) => entry(index));
    const log = await logOf(...many, entry(900, row), entry(901, { tenant: 'globex' }));
    expect(await redrive(log, { filter: { tenant: 'acme' } })).toBe(
      '450 re-driven; services that run take them at once.\n' +
        'acme:1:3 cannot be: it is a row of a file: put the file right and import the corrected rows.\n',
    );
    const texts = log.topic('source-crm').map(({ value }) => (value as { body: { text: string } }).body.text);
    expect(texts).toEqual(many.map(({ original }) => original));
  });

  it('gives an input again as it was put right', async () => {
    const log = await logOf(entry(1));
    await redrive(log, { ids: ['source-crm:0:1'], corrected: '{"id":"e1","fixed":true}' });
    expect(log.topic('source-crm')[0]?.value).toMatchObject({ body: { text: '{"id":"e1","fixed":true}' } });
  });

  it('names ids that are not there, and asks which when nothing is said', async () => {
    const log = await logOf(entry(1));
    expect(await redrive(log, { ids: ['source-crm:0:1', 'nope'] })).toMatch(
      /^1 re-driven.*\nnope is not in quarantine\.\n$/s,
    );
    await expect(redrive(log, {})).rejects.toThrow(/Say which/);
    await expect(redrive(log, { filter: { tenant: 'acme' }, corrected: '{}' })).rejects.toThrow(
      /name just its id/,
    );
  });
});

describe('the commands', () => {
  async function run(log: MemoryLog, ...words: readonly string[]): Promise<string> {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    const folders: (string | undefined)[] = [];
    registerQuarantineCommands(program, async (data, work) => {
      folders.push(data);
      await work(log);
    });
    const written: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    try {
      await program.parseAsync(['node', 'bellwether', 'quarantine', ...words]);
    } finally {
      write.mockRestore();
    }
    return `${folders.join()}|${written.join('')}`;
  }

  it('are what is typed', async () => {
    const log = await logOf(entry(1), entry(2));
    expect(await run(log, 'list', '--data', 'elsewhere', '--limit', '1')).toMatch(
      /^elsewhere\|RECEIVED.*The newest 1/s,
    );
    expect(await run(log, 'show', 'source-crm:0:1')).toMatch(/^\|id +source-crm:0:1/);
    expect(await run(log, 'show', 'source-crm:0:1', '--original')).toBe('|{"id":"e1"}');
    expect(await run(log, 'redrive', 'source-crm:0:1', 'source-crm:0:2')).toMatch(/^\|2 re-driven/);
    expect(await run(log, 'redrive', '--tenant', 'acme')).toMatch(/2 left out/);
    await expect(run(log, 'list', '--limit', 'all')).rejects.toThrow(/whole number/);
    await expect(run(log, 'redrive', 'source-crm:0:1', '--with', 'no/such/file')).rejects.toThrow(
      /cannot be read/,
    );
  });
});

describe('a filter on the command line', () => {
  it.each([
    ['90m', NOW - 5_400_000],
    ['24h', NOW - 86_400_000],
    ['7d', NOW - 604_800_000],
    ['2026-01-04', Date.UTC(2026, 0, 4)],
    ['2026-01-04T10:00:00+01:00', Date.UTC(2026, 0, 4, 9)],
  ])('takes --since %s', (since, sinceMs) => {
    expect(filterOf({ since }, NOW)).toEqual({ sinceMs });
  });

  it.each([
    [{ since: 'yesterday' }, /--since takes an age/],
    [{ reason: 'bad' }, /no reason bad\. There are: not-json/],
    [{ tenant: '$x' }, /no name of a tenant/],
  ])('refuses %j in a sentence', (flags, sentence) => {
    expect(() => filterOf(flags, NOW)).toThrow(sentence);
  });

  it('takes what names no tenant as one', () => {
    expect(filterOf({ tenant: '@unknown', reason: 'not-json' }, NOW)).toEqual({
      tenant: '@unknown',
      reason: 'not-json',
    });
  });
});
