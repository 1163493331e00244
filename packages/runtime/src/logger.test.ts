import { describe, expect, it } from 'vitest';
import { createLogger, type LogLevel } from './logger.ts';

function capture(level: LogLevel) {
  const entries: Record<string, unknown>[] = [];
  const logger = createLogger({
    name: 'ingest',
    level,
    destination: { write: (line) => entries.push(JSON.parse(line)) },
  });
  return { logger, entries };
}

describe('the logger', () => {
  it('writes one JSON object a line with level in words, RFC 3339 time and the name of the speaker', () => {
    const { logger, entries } = capture('info');
    logger.info({ partition: 3 }, 'partition taken over');
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      level: 'info',
      name: 'ingest',
      partition: 3,
      msg: 'partition taken over',
    });
    expect(entries[0]?.time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  });

  it('says nothing below its level', () => {
    const { logger, entries } = capture('warn');
    logger.info('quiet');
    logger.warn('heard');
    expect(entries.map((entry) => entry.msg)).toEqual(['heard']);
  });

  it('never shows secrets and person data', () => {
    const { logger, entries } = capture('info');
    logger.info(
      { token: 't-1', headers: { authorization: 'Bearer x' }, contact: { email: 'a@example.org' } },
      'seen',
    );
    expect(entries[0]).toMatchObject({
      token: '[redacted]',
      headers: { authorization: '[redacted]' },
      contact: { email: '[redacted]' },
    });
  });

  it('shows an error with its stack', () => {
    const { logger, entries } = capture('info');
    logger.error({ err: new Error('disk is full') }, 'cannot append');
    expect(entries[0]).toMatchObject({
      err: { message: 'disk is full', stack: expect.stringContaining('logger.test') },
    });
  });
});
