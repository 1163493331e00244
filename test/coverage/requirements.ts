import type { Requirement } from './requirement.ts';
import { AGREEMENTS } from './requirements-agreements.ts';
import { BEYOND } from './requirements-beyond.ts';
import { COMPARISON } from './requirements-comparison.ts';
import { DEFINITIONS } from './requirements-definitions.ts';
import { HEALTH } from './requirements-health.ts';
import { SUCCESS } from './requirements-success.ts';
import { VALUE } from './requirements-value.ts';

/** Every requirement, by letter and number. */
export const REQUIREMENTS: readonly Requirement[] = [
  ...AGREEMENTS,
  ...VALUE,
  ...HEALTH,
  ...COMPARISON,
  ...SUCCESS,
  ...DEFINITIONS,
  ...BEYOND,
];

/** The highest number of each letter; there are no gaps below it. */
export const LAST_NUMBERS = { S: 117, D: 24, N: 24 } as const;
