import { currentOf, type Retrospect, type RetrospectRecord, supposeOf } from '@bellwether/domain';
import { type CurrentSituation, type CustomerChange, type CustomerPicture, SCORES } from '@bellwether/events';
import { ProblemError } from '../api/problem.ts';
import type { WhatIf } from '../api/what-if-schemas.ts';
import { describeChange } from '../steps/describe-change.ts';
import { difference } from '../steps/explain-score.ts';
import { instant } from './present-alert.ts';
import { isEvent, takeRecords } from './read-customer-log.ts';
import type { CheckedHypothesis } from './read-hypothesis.ts';
import { contributionsAt, presentSituation } from './read-scores-then.ts';

interface Asked {
  readonly customerId: string;
  /** Epoch ms. */
  readonly now: number;
}

/** A customer before and after what is supposed. */
export interface Supposed {
  readonly before: Retrospect;
  readonly after: Retrospect;
  /** What would be published, in order. */
  readonly told: readonly CustomerChange[];
  readonly refused: WhatIf['refused'];
}

/**
 * Follows a hypothesis by the rules that score live; publishes nothing (N6). First the customer is as if some events
 * had never come; then the model is promoted; then events come.
 * @param before the customer as it stands, from all of `log`
 */
export async function follow(
  before: Retrospect,
  log: readonly RetrospectRecord[],
  { model, events, without, now }: CheckedHypothesis & Pick<Asked, 'now'>,
): Promise<Supposed> {
  const removed = new Set(without);
  const left = log.filter((record) => !isEvent(record) || !removed.has(record.id));
  const stand = removed.size === 0 ? before : await takeRecords(left);
  const { after, refused } = supposeOf(stand, {
    ...(model === undefined ? {} : { model }),
    events,
    receivedAt: now,
  });
  const told = after.changes.slice(stand.changes.length);
  return { before, after, told, refused: refused.map((aside) => ({ ...aside })) };
}

/** What would be published, and how scores and situations would stand, beside how they do. */
export function presentWhatIf(
  { before, after, told, refused }: Supposed,
  { customerId, now }: Asked,
): WhatIf {
  const [was, would] = [pictureOf(before, customerId), pictureOf(after, customerId)];
  return {
    customerId,
    at: instant(now),
    scores: presentScores({ before, after, was, would }),
    situations: {
      begin: added(was.situations, would.situations).map(presentSituation),
      end: added(would.situations, was.situations).map(presentSituation),
    },
    changes: told.flatMap(presentChanges),
    refused,
  };
}

function pictureOf({ state }: Retrospect, customerId: string): CustomerPicture {
  const current = state && currentOf(state)?.current;
  if (current !== undefined) return current;
  const detail = `Nothing is scored of customer ${customerId} yet.`;
  throw new ProblemError(404, 'nothing-known', { detail });
}

interface Sides {
  readonly before: Retrospect;
  readonly after: Retrospect;
  readonly was: CustomerPicture;
  readonly would: CustomerPicture;
}

function presentScores({ before, after, was, would }: Sides): WhatIf['scores'] {
  const scores: WhatIf['scores'] = {};
  for (const name of SCORES) {
    const [old, next] = [was.scores[name], would.scores[name]];
    const unit = next?.unit ?? old?.unit;
    if (unit === undefined) continue;
    const [value, supposed] = [old?.value ?? null, next?.value ?? null];
    scores[name] = {
      unit,
      before: presentStand(old),
      after: presentStand(next),
      delta: value === null || supposed === null ? null : supposed - value,
      contributions: { ...difference(contributionsAt(before, name), contributionsAt(after, name)) },
    };
  }
  return scores;
}

function presentStand(score: CustomerPicture['scores']['health']): WhatIf['scores'][string]['before'] {
  if (score === undefined) return null;
  return { value: score.value, band: score.band, model: score.model ?? null };
}

/** Situations of the second list that the first has not. */
function added(
  known: readonly CurrentSituation[],
  situations: readonly CurrentSituation[],
): readonly CurrentSituation[] {
  return situations.filter(
    ({ rule, cause }) => !known.some((one) => one.rule === rule && one.cause === cause),
  );
}

function presentChanges({ cause, causedBy, changes }: CustomerChange): WhatIf['changes'] {
  return changes.map((change) => {
    const isScore = 'score' in change;
    return {
      cause,
      causedBy: [...causedBy],
      type: change.type,
      text: describeChange(change),
      value: isScore ? change.value : change.valueMinor,
      previous: isScore ? change.previous : null,
      delta: isScore ? change.delta : null,
      reasons: [...change.reasons],
    };
  });
}
