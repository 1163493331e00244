import { describe, expect, it } from 'vitest';
import { type ListenOptions, listen } from './listen.ts';
import { OperatorError } from './operator-error.ts';

/** A machine on which the given ports are taken. */
function machine(taken: readonly number[], fault = 'EADDRINUSE') {
  const said: string[] = [];
  const options = {
    host: '127.0.0.1',
    defaultPort: 8080,
    port: undefined,
    say: (sentence: string) => said.push(sentence),
    bind: async ({ port, host }) => {
      if (taken.includes(port)) throw Object.assign(new Error(`listen ${fault}`), { code: fault });
      return `http://${host}:${port === 0 ? 49_152 : port}`;
    },
  } satisfies ListenOptions;
  return { options, said };
}

describe('the default port', () => {
  it('is used without a word when it is free', async () => {
    const { options, said } = machine([]);
    expect(await listen(options)).toBe(8080);
    expect(said).toEqual([]);
  });

  it('gives way to the next free one, and that is said', async () => {
    const { options, said } = machine([8080, 8081]);
    expect(await listen(options)).toBe(8082);
    expect(said).toEqual(['Port 8080 is taken, using 8082 instead.']);
  });

  it('is given up when all its neighbours are taken', async () => {
    const { options } = machine(Array.from({ length: 100 }, (_, index) => 8080 + index));
    await expect(listen(options)).rejects.toThrow(
      new OperatorError('Ports 8080 to 8100 on 127.0.0.1 are all taken: choose another with --port.'),
    );
  });
});

describe('a port that was asked for', () => {
  it('is used, or the one the system chooses for 0', async () => {
    const { options } = machine([]);
    expect(await listen({ ...options, port: 9000 })).toBe(9000);
    expect(await listen({ ...options, port: 0 })).toBe(49_152);
  });

  it('is not replaced when it is taken', async () => {
    const { options, said } = machine([9000]);
    await expect(listen({ ...options, port: 9000 })).rejects.toThrow(
      new OperatorError('Port 9000 on 127.0.0.1 is taken by another program: choose another with --port.'),
    );
    expect(said).toEqual([]);
  });
});

describe('an address that cannot be had', () => {
  it.each([
    ['EACCES', 'Port 80 may not be opened by this user.'],
    ['EADDRNOTAVAIL', '127.0.0.1 is not an address of this machine.'],
  ])('for %s is said in one sentence', async (code, sentence) => {
    const { options } = machine([80], code);
    await expect(listen({ ...options, port: 80 })).rejects.toThrow(new OperatorError(sentence));
  });

  it('for any other reason is a fault of ours', async () => {
    const { options } = machine([80], 'EMFILE');
    await expect(listen({ ...options, port: 80 })).rejects.not.toBeInstanceOf(OperatorError);
  });
});
