import { expect, it } from 'vitest';
import { pythonRandom } from './python-random.ts';

it('gives the numbers of Python’s random.Random(42)', () => {
  const random = pythonRandom(42);
  expect([random(), random(), random()]).toEqual([
    0.6394267984578837, 0.025010755222666936, 0.27502931836911926,
  ]);
});

it('goes on after its state was used up', () => {
  const random = pythonRandom(42);
  for (let skipped = 0; skipped < 999; skipped += 1) random();
  expect(random()).toBe(0.8554501933059546);
});
