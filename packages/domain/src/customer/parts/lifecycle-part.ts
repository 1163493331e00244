import { decideLifecycle, lifecycleOf, nextLifecycleDay } from '../../lifecycle/decide-lifecycle.ts';
import { lifecycleSourcesOf } from './facts-of.ts';
import type { Part } from './part.ts';
import { haveDaysMoved } from './signal-moves.ts';

/** Journey stage and value stage (S35, S89). */
export const lifecyclePart: Part<'lifecycle'> = {
  reads: ['agreements', 'payments', 'relationship', 'opportunities', 'valueMoments', 'toldStages'],
  asks: ['feeds'],
  movesWith: (before, { after }) => haveDaysMoved(before.signals, after.signals),
  follows: ['health'],
  decide: (previous, scene) => {
    const { day: today, feeds } = scene.context;
    const sources = lifecycleSourcesOf(scene.after);
    const { valueHundredths = null, missing = [] } = scene.published.health ?? {};
    const now = lifecycleOf(sources, {
      today,
      feeds,
      health: { valueHundredths, missing },
      published: previous,
    });
    const { change, published } = decideLifecycle(previous, now);
    return {
      published,
      changes: change === null ? [] : [change],
      nextDay: nextLifecycleDay(sources, { today, feeds }),
    };
  },
  scoreOf: (lifecycle) => lifecycle,
};
