import { JOURNEY_STAGES, movementsOf, touchpointMeasuresOf, VALUE_STAGES } from '@bellwether/domain';
import { nameIn } from '../../../class-names.ts';
import { TouchpointReport, TouchpointRow } from '../../report-schemas/touchpoints.ts';
import { type Report, report } from './report.ts';

/** How the stages of the journey do. */
export const TOUCHPOINT_REPORTS: readonly Report[] = [
  report({
    name: 'touchpoints',
    summary: 'Touchpoints of each stage: who owns them, what shows their success, how they do (S90)',
    parameters: {},
    answer: TouchpointReport,
    answerOf: ({ rows, table }) => {
      const customers = table.inOrder('value', 'desc').map(({ measures }) => ({
        journeyStage: nameIn(JOURNEY_STAGES, measures.journeyStage),
        valueStage: nameIn(VALUE_STAGES, measures.valueStage),
        timeToValueDays: measures.timeToValueDays,
        features: measures.features,
      }));
      return {
        touchpoints: touchpointMeasuresOf(customers, movementsOf(rows)),
        stageUnknown: customers.filter(({ journeyStage }) => journeyStage === null).length,
      };
    },
    table: { item: TouchpointRow, rowsOf: ({ touchpoints }) => touchpoints },
  }),
];
