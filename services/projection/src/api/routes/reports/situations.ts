import Type, { type Static, type TProperties } from 'typebox';
import { instant } from '../../../read/present-alert.ts';
import type { TableRow } from '../../../read/table-row.ts';
import type { NamedSituation } from '../../../steps/fold-change.ts';
import { choice } from '../../query.ts';
import { RULES, SituationReport, StandingSituation } from '../../report-schemas/engagement-reports.ts';
import { listReport } from './list-report.ts';
import { dateOf, type Portfolio, type Told } from './portfolio.ts';
import type { Report } from './report.ts';

type Rule = (typeof RULES)[number];

/** A situation that stands, and whose it is. */
interface Standing {
  readonly customer: TableRow;
  readonly rule: Rule;
  readonly situation: NamedSituation;
}

/** What stands at present and calls for somebody. */
export const SITUATION_REPORTS: readonly Report[] = [
  situationReport({
    name: 'situations',
    summary:
      'Opportunities, warnings, programmes, reviews, calls and answers that stand, by value (S16, S18)',
    parameters: { rule: Type.Optional(choice(RULES, 'which kind; all if not given')) },
    ruleOf: ({ rule }) => rule as Rule | undefined,
  }),
  situationReport({
    name: 'upsell',
    summary: 'Customers to offer more to, by value, with what speaks for it (S16, S117)',
    parameters: {},
    ruleOf: () => 'upsell',
  }),
];

function situationReport({
  name,
  summary,
  parameters,
  ruleOf,
}: {
  readonly name: string;
  readonly summary: string;
  readonly parameters: TProperties;
  readonly ruleOf: (wanted: { readonly rule?: unknown }) => Rule | undefined;
}): Report {
  return listReport({
    name,
    summary,
    parameters,
    answer: SituationReport,
    item: StandingSituation,
    find: (portfolio, wanted) => {
      const found = standingOf(portfolio, ruleOf(wanted));
      return { head: { total: found.length }, found };
    },
    // What is worth nobody knows how much comes last.
    order: [
      ({ situation }) => Number(situation.valueMinor === null),
      ({ situation }) => -(situation.valueMinor ?? 0),
    ],
    idOf: ({ customer, rule, situation }) => `${customer.customerId} ${rule} ${situation.cause}`,
    present: presentStanding,
  });
}

function standingOf({ table }: Portfolio, wanted: Rule | undefined): readonly Standing[] {
  return table.inOrder('value', 'desc').flatMap((customer) =>
    customer.engagement.situations.flatMap((situation): readonly Standing[] => {
      const rule = RULES.find((one) => one === situation.rule);
      return rule === undefined || (wanted ?? rule) !== rule ? [] : [{ customer, rule, situation }];
    }),
  );
}

function presentStanding({ customer, rule, situation }: Standing): Told<Static<typeof StandingSituation>> {
  const { cause, code, text, since, dueDay, valueMinor } = situation;
  const { customerId, healthHundredths, owner } = customer.portfolioRow;
  return {
    customerId,
    name: customer.row.name,
    rule,
    cause,
    code,
    text,
    since: instant(since),
    dueDate: dateOf(dueDay),
    valueMinor,
    healthHundredths,
    owner,
  };
}
