import { describe, expect, it } from 'vitest';
import {
  fivePointHundredthsOf,
  MEAN_HEALTH_TARGET_HUNDREDTHS,
  meanHealthOf,
  STRATEGIC_HEALTH_TARGET_HUNDREDTHS,
} from './health-targets.ts';

describe('the five-point view (D7)', () => {
  it('is a twentieth: 59 of 100 is 2.95, 70 is 3.5', () => {
    expect([5900, 7000, 0, 10_000, 5010].map(fivePointHundredthsOf)).toEqual([295, 350, 0, 500, 251]);
  });

  it('of strategic accounts is to stay above 3.5 (S50)', () => {
    expect(STRATEGIC_HEALTH_TARGET_HUNDREDTHS).toBe(fivePointHundredthsOf(7000));
  });
});

describe('the mean health of a group (S28, S110)', () => {
  it('leaves out who cannot be scored', () => {
    expect(meanHealthOf([9000, null, 7500, 8001])).toEqual({
      scored: 3,
      notScorable: 1,
      meanHundredths: 8167,
      fivePointHundredths: 408,
      isOnTarget: true,
    });
  });

  it('is on target above 80, not at it', () => {
    expect(meanHealthOf([MEAN_HEALTH_TARGET_HUNDREDTHS]).isOnTarget).toBe(false);
    expect(meanHealthOf([8001]).isOnTarget).toBe(true);
  });

  it('is not known where nobody could be scored', () => {
    expect(meanHealthOf([null, null])).toEqual({
      scored: 0,
      notScorable: 2,
      meanHundredths: null,
      fivePointHundredths: null,
      isOnTarget: null,
    });
  });
});
