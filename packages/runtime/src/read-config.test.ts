import { describe, expect, it } from 'vitest';
import { OperatorError } from './operator-error.ts';
import { choiceVariable, flagVariable, integerVariable, readConfig, textVariable } from './read-config.ts';

const variables = {
  dataFolder: textVariable('BELLWETHER_DATA', { fallback: 'bellwether-data' }),
  batchLimit: integerVariable('BELLWETHER_BATCH_LIMIT', { min: 1, max: 5_000, fallback: 2_000 }),
  logLevel: choiceVariable('BELLWETHER_LOG_LEVEL', { choices: ['info', 'warn'], fallback: 'info' }),
  readOnly: flagVariable('BELLWETHER_READ_ONLY'),
};

function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env, variables);
    return [];
  } catch (error) {
    if (error instanceof OperatorError) return error.message.split('\n');
    throw error;
  }
}

describe('the configuration', () => {
  it('has a value for everything when nothing is set, also where a variable is set to nothing', () => {
    const defaults = { dataFolder: 'bellwether-data', batchLimit: 2_000, logLevel: 'info', readOnly: false };
    expect(readConfig({}, variables)).toEqual(defaults);
    expect(readConfig({ BELLWETHER_BATCH_LIMIT: '' }, variables)).toEqual(defaults);
  });

  it('takes what is set, to the ends of each range', () => {
    const env = {
      BELLWETHER_DATA: 'elsewhere',
      BELLWETHER_BATCH_LIMIT: '5000',
      BELLWETHER_LOG_LEVEL: 'warn',
      BELLWETHER_READ_ONLY: 'true',
    };
    expect(readConfig(env, variables)).toEqual({
      dataFolder: 'elsewhere',
      batchLimit: 5_000,
      logLevel: 'warn',
      readOnly: true,
    });
    expect(readConfig({ BELLWETHER_BATCH_LIMIT: '1' }, variables).batchLimit).toBe(1);
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(readConfig({}, variables))).toBe(true);
  });

  it('names every fault at once', () => {
    const env = { BELLWETHER_BATCH_LIMIT: '0', BELLWETHER_LOG_LEVEL: 'loud', BELLWETHER_READ_ONLY: 'yes' };
    expect(faultsOf(env)).toEqual([
      'BELLWETHER_BATCH_LIMIT must be a whole number from 1 to 5000, not "0".',
      'BELLWETHER_LOG_LEVEL must be one of info, warn, not "loud".',
      'BELLWETHER_READ_ONLY must be true or false, not "yes".',
    ]);
  });

  it.each(['5001', '1.5', '1e3', ' 7', '0x10', 'NaN', '-1', '99999999999999999999'])(
    'does not take %s for a batch limit',
    (text) => {
      expect(faultsOf({ BELLWETHER_BATCH_LIMIT: text })).toHaveLength(1);
    },
  );

  it('asks for what has no default', () => {
    const required = { key: textVariable('BELLWETHER_KEY') };
    expect(() => readConfig({}, required)).toThrow('BELLWETHER_KEY must be set: a text.');
    expect(readConfig({ BELLWETHER_KEY: 'k' }, required)).toEqual({ key: 'k' });
  });
});
