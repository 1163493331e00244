import { type Dimension, type GroupRatios, type GroupSummary, ratiosOf } from '@bellwether/domain';
import { NAMES_BY_DIMENSION } from '../../../class-names.ts';
import { invalidRequest } from '../../problem.ts';
import type { SegmentReport } from '../../report-schemas/group-reports.ts';

type Ratio = SegmentReport['ratio'];
const NOTHING: GroupRatios = {
  valueMinor: null,
  contributionMillionths: null,
  rfmHundredths: null,
  accountAgeDays: null,
  healthHundredths: null,
  healthOfFiveHundredths: null,
  churnBasisPoints: null,
  velocityMinor: null,
};

/**
 * The means of one group over those of another (S25). A group that could be there and is empty has no means.
 * @param text two names with a comma between; names may hold commas themselves, as those of industries do
 * @throws ProblemError 400 when these are no two groups
 */
export function ratioOf(text: string, by: Dimension, groups: readonly GroupSummary[]): Ratio {
  const known = NAMES_BY_DIMENSION[by];
  const groupOf = (name: string) => groups.find(({ group }) => group === name);
  const pairs = pairsIn(text);
  const pair =
    pairs.find((names) => names.every((name) => groupOf(name) !== undefined)) ??
    pairs.find((names) => names.every((name) => known === undefined || known.includes(name)));
  if (pair === undefined) {
    const allowed = known === undefined ? '' : `: ${known.join(', ')}`;
    throw invalidRequest([
      { path: '?ratio', expected: `two names with a comma between${allowed}`, got: JSON.stringify(text) },
    ]);
  }
  const [one, other] = pair;
  const [above, below] = [groupOf(one), groupOf(other)];
  if (above === undefined || below === undefined) return { one, other, reason: 'no-customers', of: NOTHING };
  return { one, other, reason: null, of: ratiosOf(above, below) };
}

/** Every way to take a text for two names. */
function pairsIn(text: string): readonly (readonly [one: string, other: string])[] {
  const parts = text.split(',');
  return parts.slice(1).flatMap((_, index) => {
    const one = parts
      .slice(0, index + 1)
      .join(',')
      .trim();
    const other = parts
      .slice(index + 1)
      .join(',')
      .trim();
    return one === '' || other === '' ? [] : [[one, other] as const];
  });
}
