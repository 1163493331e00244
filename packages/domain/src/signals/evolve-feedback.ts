import type { CustomerEvent, Fault } from '@bellwether/events';
import { addTile } from './day-tiles.ts';
import type { SurveyState } from './state.ts';
import { laterOf, writtenBy } from './written.ts';

type SurveyType = 'feedback.nps' | 'feedback.csat' | 'feedback.ces';
export type SurveyEvent = Extract<CustomerEvent, { readonly type: SurveyType }>;

/**
 * Adds one survey answer to its day, normalised to whole hundredths of 0..100 with high as good (D18). A survey that
 * does not say otherwise has high as good (as CES 2.0 has); hundredths, so that sums are exact in any order.
 */
export function evolveSurvey(survey: SurveyState, event: SurveyEvent, keptFromDay: number): SurveyState {
  const { score, scaleMin, scaleMax, highIsGood = true } = event.data;
  const share = (score - scaleMin) / (scaleMax - scaleMin);
  const normalised = Math.round(10_000 * (highIsGood ? share : 1 - share));
  return {
    days: event.day < keptFromDay ? survey.days : addTile(survey.days, [event.day, 1, normalised]),
    last: laterOf(survey.last, writtenBy(event, normalised)),
  };
}

/** What is wrong with an answer that its schema cannot tell: a scale without extent, a score outside of it. */
export function surveyFaults({ data }: SurveyEvent): readonly Fault[] {
  const { score, scaleMin, scaleMax } = data;
  if (scaleMax <= scaleMin) {
    return [{ path: '/data/scaleMax', expected: `more than scaleMin, ${scaleMin}`, got: String(scaleMax) }];
  }
  if (score < scaleMin || score > scaleMax) {
    return [
      { path: '/data/score', expected: `${scaleMin} to ${scaleMax}, as the scale says`, got: String(score) },
    ];
  }
  return [];
}
