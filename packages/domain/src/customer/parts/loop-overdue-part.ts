import { decideLoopOverdue, LOOP_OVERDUE_CAUSE } from '../../relationship/decide-loop-overdue.ts';
import { nextLoopDay } from '../../relationship/voice-of.ts';
import type { Part } from './part.ts';
import { daysOf } from './situation-days.ts';
import { worthOf } from './worth.ts';

/** Answers that are owed to the customer for too long (S106). */
export const loopOverduePart: Part<'loopOverdue'> = {
  reads: [],
  asks: ['feeds'],
  movesWith: (before, { after }) => before.relationship.loops !== after.relationship.loops,
  follows: [],
  decide: (previous, scene) => {
    const { day: today, feeds } = scene.context;
    const { loops } = scene.after.relationship;
    const { published, situations } = decideLoopOverdue(previous, { loops, feeds, today }, worthOf(scene));
    return { published, changes: situations, nextDay: nextLoopDay(loops, today) };
  },
  situationsOf: (overdue) =>
    overdue === null
      ? []
      : [{ rule: 'loop-overdue', cause: LOOP_OVERDUE_CAUSE, code: overdue.code, ...daysOf(overdue) }],
};
