import { OperatorError } from '@bellwether/runtime';
import { describe, expect, it } from 'vitest';
import { type Availability, bringBest, rankSupplies, type Supply } from './supply.ts';

const HERE: Availability = { state: 'here' };
const OBTAINABLE: Availability = { state: 'obtainable', effort: 'it is built first' };
const missing = (reason: string): Availability => ({ state: 'missing', reason });

function supply(name: string, availability: Availability, failure?: Error): Supply {
  return {
    kind: 'mongodb',
    name,
    version: async () => '1',
    check: async () => availability,
    bring: async () => {
      if (failure) throw failure;
      return {
        ...{ kind: 'mongodb', name, version: '1', url: () => '' },
        prepare: async () => ({ program: name, parameters: [], workingFolder: '' }),
      };
    },
  };
}

const rank = async (...supplies: Supply[]): Promise<string[]> =>
  (await rankSupplies(supplies)).map((choice) => choice.supply.name);

describe('of several server programs', () => {
  it('the first in the order is taken', async () => {
    expect(await rank(supply('mongod', HERE), supply('secantusd-rs', HERE))).toEqual([
      'mongod',
      'secantusd-rs',
    ]);
  });

  it('one that is here comes before one that has to be fetched or built', async () => {
    const ranked = rank(supply('mongod', missing('none')), supply('rs', OBTAINABLE), supply('py', HERE));
    expect(await ranked).toEqual(['py', 'rs']);
  });

  it('none is an error that names every one that would do', async () => {
    const ranked = rank(supply('mongod', missing('no mongod')), supply('rs', missing('no cargo')));
    await expect(ranked).rejects.toThrow(
      'No server for mongodb can be had: no mongod, no cargo. Any one of these',
    );
  });

  it('the next one is taken when the best cannot be brought, and it is told why', async () => {
    const told: string[] = [];
    const broken = supply('rs', OBTAINABLE, new OperatorError('The compiler is too old.'));
    const program = await bringBest([broken, supply('py', OBTAINABLE)], (line) => told.push(line));
    expect(program.name).toBe('py');
    expect(told.join()).toContain('The compiler is too old.');
  });

  it('the last failure is the error when none can be brought', async () => {
    const brought = bringBest(
      [
        supply('rs', OBTAINABLE, new OperatorError('no compiler')),
        supply('py', OBTAINABLE, new OperatorError('no network')),
      ],
      () => undefined,
    );
    await expect(brought).rejects.toThrow('no network');
  });

  it('a fault of the project itself is not taken for something missing', async () => {
    const brought = bringBest(
      [supply('rs', HERE, new TypeError('a mistake')), supply('py', HERE)],
      () => undefined,
    );
    await expect(brought).rejects.toThrow(TypeError);
  });
});
