const SIZE = 624;
const SHIFT = 397;

/**
 * Numbers in [0, 1) as Python's `random.Random(seed).random()` gives them: Mersenne Twister MT19937, seeded by array
 * (M. Matsumoto and T. Nishimura, 2002), two words for each number. The workload is defined by that generator.
 *
 * @param seed from 0 to 2^32 - 1
 */
export function pythonRandom(seed: number): () => number {
  const state = seededState(seed);
  let at = SIZE;
  const word = (): number => {
    if (at === SIZE) {
      twist(state);
      at = 0;
    }
    let y = state[at] ?? 0;
    at += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return () => {
    const high = word() >>> 5;
    return (high * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
  };
}

/** `init_by_array` of the reference implementation, for an array of one word. */
function seededState(seed: number): Uint32Array {
  const state = new Uint32Array(SIZE);
  state[0] = 19650218;
  for (let i = 1; i < SIZE; i += 1) state[i] = Math.imul(mixed(state, i), 1812433253) + i;
  let i = 1;
  const advance = (): void => {
    i += 1;
    if (i < SIZE) return;
    state[0] = state[SIZE - 1] ?? 0;
    i = 1;
  };
  for (let round = 0; round < SIZE; round += 1) {
    state[i] = ((state[i] ?? 0) ^ Math.imul(mixed(state, i), 1664525)) + seed;
    advance();
  }
  for (let round = 1; round < SIZE; round += 1) {
    state[i] = ((state[i] ?? 0) ^ Math.imul(mixed(state, i), 1566083941)) - i;
    advance();
  }
  state[0] = 0x80000000;
  return state;
}

function mixed(state: Uint32Array, i: number): number {
  const before = state[i - 1] ?? 0;
  return before ^ (before >>> 30);
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < SIZE; i += 1) {
    const y = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % SIZE] ?? 0) & 0x7fffffff);
    state[i] = (state[(i + SHIFT) % SIZE] ?? 0) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}
