import { beforeAll, describe, expect, it } from 'vitest';
import { type Calibration, calibrationOf } from '../../packages/domain/src/churn/calibration.ts';
import {
  CHURN_DEFAULT,
  type ChurnModel,
  modelProbabilityOf,
} from '../../packages/domain/src/churn/churn-model.ts';
import { type JudgedObservation, outcomeOf } from '../../packages/domain/src/churn/churn-record.ts';
import { LEAST_TEST_OUTCOMES, LEAST_TRAIN_OUTCOMES } from '../../packages/domain/src/churn/fit-churn.ts';
import { type JudgedPortfolio, judgeSimulated } from './support/judged-portfolio.ts';

/** Three years from 2021-01-01 on; in the first nothing can be judged. */
const OPTIONS = { seed: 7, customers: 2_200, startDay: 18_628, days: 1_095 } as const;
const LONGEST_MS = 600_000;

interface Judged {
  readonly observation: JudgedObservation;
  /** By the truth of the simulation, not by what was read of agreements. */
  readonly isLost: boolean;
}

describe('a simulated portfolio of three years, of which the truth is known (N11, N24)', () => {
  let portfolio: JudgedPortfolio;
  let judged: readonly Judged[];
  beforeAll(() => {
    const played = judgeSimulated(OPTIONS);
    portfolio = played.portfolio;
    judged = played.truth.flatMap(({ customerId, drift }) => {
      const lostDay = drift?.churnDay ?? Number.POSITIVE_INFINITY;
      return (portfolio.rows.get(customerId)?.outcomes ?? []).map((observation) => ({
        observation,
        isLost: lostDay > observation.day && lostDay <= observation.day + 365,
      }));
    });
  }, LONGEST_MS);

  const churnFindings = () => portfolio.censuses.flatMap(({ churn }) => churn ?? []);
  const quality = (model: ChurnModel, some: readonly Judged[]): Calibration | null =>
    calibrationOf(
      some.map(({ observation, isLost }) => ({
        probabilityBasisPoints: modelProbabilityOf(model, outcomeOf(observation).readings),
        ended: isLost,
      })),
    );

  it('judges that a customer ended where it really left', () => {
    // Those that differ let all agreements lapse by chance, without being lost.
    const same = judged.filter(({ observation, isLost }) => (observation.endedDay !== null) === isLost);
    expect(judged.length).toBeGreaterThan(500);
    expect(same.length / judged.length).toBeGreaterThan(0.97);
    const missed = judged.filter(({ observation, isLost }) => isLost && observation.endedDay === null);
    expect(missed).toEqual([]);
  });

  it('fits no model while outcomes are too few, and says how many there are', () => {
    const refused = churnFindings().filter(({ fit }) => fit.reason === 'too-few-outcomes');
    expect(refused.length).toBeGreaterThan(5);
    for (const { fit, model } of refused) {
      expect(model).toBeNull();
      expect(fit.train.ended < LEAST_TRAIN_OUTCOMES || fit.test.ended < LEAST_TEST_OUTCOMES).toBe(true);
    }
  });

  it('then has a model of its own, better than the default one on customers that it never saw', () => {
    const accepted = churnFindings().find(({ fit }) => fit.kind === 'accepted');
    if (!accepted?.model) throw new Error('no model was accepted');
    const { fit, judgedDay } = accepted;
    expect(fit.train.ended).toBeGreaterThanOrEqual(LEAST_TRAIN_OUTCOMES);
    // Judged after the model went live: in neither part of its trial.
    const unseen = judged.filter(({ observation }) => observation.day + 365 > judgedDay);
    expect(unseen.length).toBeGreaterThan(150);
    const [fitted, standard] = [quality(accepted.model, unseen), quality(CHURN_DEFAULT, unseen)];
    expect(fitted?.brierBasisPoints).toBeLessThan(standard?.brierBasisPoints ?? 0);
    expect(fitted?.logLossBasisPoints).toBeLessThan(standard?.logLossBasisPoints ?? 0);
  });

  it('keeps the model in use where another one is not better', () => {
    const all = churnFindings();
    const place = all.findIndex(({ fit, model }) => fit.reason === 'not-better' && model !== null);
    expect(place).toBeGreaterThan(0);
    expect(all[place]?.model).toEqual(all[place - 1]?.model);
  });

  it('scores its customers by that model', () => {
    const { model } = churnFindings().at(-1) ?? {};
    const scored = [...portfolio.customers.values()].flatMap(({ published }) => published.churn?.model ?? []);
    expect(new Set(scored.map(({ id, version }) => `${id} ${version}`))).toContain(
      `${model?.id} ${model?.version}`,
    );
  });

  it('predicts revenue nearer with its win rates than the seed does (D24)', () => {
    const { decided, winRates, backtest } = portfolio.censuses.at(-1)?.revenue ?? {};
    expect(winRates?.overallBasisPoints).toBeGreaterThan(0);
    expect(decided?.new.won).toBeGreaterThan(30);
    expect(backtest?.v1.customers).toBeGreaterThan(300);
    expect(backtest?.v2.customers).toBe(backtest?.v1.customers);
    expect(backtest?.v2.maeMinor).toBeLessThan(backtest?.v1.maeMinor ?? 0);
  });

  it('keeps little of it: in the documents, and in what a census finds', () => {
    const sizes = [...portfolio.customers.values()]
      .map(({ published: { outcomes, forecasts } }) => JSON.stringify({ outcomes, forecasts }).length)
      .sort((a, b) => a - b);
    expect(sizes[sizes.length >> 1]).toBeLessThan(400);
    expect(sizes.at(-1)).toBeLessThan(800);
    expect(JSON.stringify(portfolio.censuses.at(-1)).length).toBeLessThan(8_000);
  });
});
