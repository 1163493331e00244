import type { CurrentSituation, ScoreName, ScoreValue, SituationChange } from '@bellwether/events';
import { endOf } from '../alerts/rules.ts';
import { changeOf } from '../customer/change-of.ts';
import {
  type CustomerState,
  ENGINE_VERSION,
  NOTHING_PUBLISHED,
  type Published,
} from '../customer/customer-state.ts';
import type { CustomerDecision } from '../customer/decide-customer.ts';
import type { DecideInput } from '../customer/decide-input.ts';
import { decideParts, PART_NAMES, PARTS } from '../customer/decide-parts.ts';
import { type Decision, numberScores } from '../customer/number-scores.ts';
import type { Part, PartName } from '../customer/parts/part.ts';
import { shadowScoresOf } from '../customer/shadow-scores-of.ts';
import { livingMembers } from './members.ts';
import { partnerOf } from './membership.ts';

/** The band of a score that was taken back, and the code of a situation that ended so. */
const WITHDRAWN = 'withdrawn';

interface Text {
  readonly text: string;
  readonly currency: string;
}

/**
 * What has to be published of a customer that does not count any more (N23): every situation that stands ends, every
 * score is taken back, and so is what it adds to its portfolio. A customer of whom nothing stands is told only that it
 * counts with another one now.
 */
export function withdrawCustomer(
  before: CustomerState | undefined,
  after: CustomerState,
  input: DecideInput,
): CustomerDecision {
  const { published, tenant, customerId } = after;
  const partner = partnerOf(after);
  const currency = published.currency ?? input.context.settings.currency;
  const text = partner === null ? 'Nothing is known of it any more' : `It was merged into ${partner}`;
  const decided = PART_NAMES.flatMap((name) => endingsOf(name, after, { text, currency }));
  const withdrawn = PART_NAMES.flatMap((name) => withdrawalOf(name, after, currency));
  const { changes, sequences } = numberScores([...decided, ...withdrawn], published.scoreSequences);
  const hasMoved = partner !== null && partner !== (before === undefined ? null : partnerOf(before));
  const isTold = changes.length > 0 || hasMoved;
  const { asOf, knownAt, historical, context } = input;
  const state: CustomerState = {
    ...after,
    engineVersion: ENGINE_VERSION,
    sequence: after.sequence + (isTold ? 1 : 0),
    contextVersion: context.contextVersion,
    nextReviewDay: null,
    published: {
      ...NOTHING_PUBLISHED,
      scoreSequences: sequences,
      asOf: isTold ? asOf : published.asOf,
      knownAt: isTold ? knownAt : published.knownAt,
    },
  };
  const told = published.contribution;
  const contribution: CustomerDecision['contribution'] =
    told === null
      ? null
      : {
          kind: 'contribution',
          tenant,
          customerId,
          currency: context.settings.currency,
          before: { valueMinor: told.valueMinor },
          after: null,
          asOf,
          knownAt,
          historical,
        };
  return {
    state,
    change: isTold ? changeOf(state, changes, input) : null,
    contribution,
    shadowScores: shadowScoresOf(state, published, input),
  };
}

/** What was published last, and what of it had to be taken back before anything is decided. */
interface TakenBack {
  readonly published: Published;
  readonly decided: readonly Decision[];
}

/**
 * A customer that a member has left has less than it had, which no event brings about: scores that would not have been
 * published of what is left, and notices of agreements that are gone, are taken back.
 */
export function takeBackLost(
  before: CustomerState | undefined,
  after: CustomerState,
  sides: { readonly after: CustomerState; readonly context: DecideInput['context'] },
): TakenBack {
  const { published } = after;
  if (before === undefined || !hasLostMember(before, after)) return { published, decided: [] };
  const { parts } = decideParts(NOTHING_PUBLISHED, { ...sides, before: undefined });
  const currency = published.currency ?? sides.context.settings.currency;
  const text = { text: 'It went with a customer that was split off', currency };
  const isThere = new Set(sides.after.agreements.map(({ agreementId }) => agreementId));
  const gone = endingsOf('notices', after, text).filter(({ cause }) => !isThere.has(cause));
  const notices = published.notices.filter(([agreementId]) => isThere.has(agreementId));
  const emptied = PART_NAMES.filter((name) => parts[name] === null && published[name] !== null);
  const decided = emptied.flatMap((name) => withdrawalOf(name, after, currency));
  const none = Object.fromEntries(
    emptied.filter((name) => PARTS[name].scoreOf !== undefined).map((name) => [name, null]),
  );
  return { published: { ...published, ...none, notices }, decided: [...gone, ...decided] };
}

function hasLostMember(before: CustomerState, after: CustomerState): boolean {
  if (before.members === after.members) return false;
  const living = new Set(livingMembers(after).map(({ id }) => id));
  return livingMembers(before).some(({ id }) => !living.has(id));
}

function endingsOf<Name extends PartName>(name: Name, { published }: CustomerState, said: Text) {
  const part: Part<Name> = PARTS[name];
  return (part.situationsOf?.(published[name]) ?? []).map((standing) => endingOf(standing, said));
}

function endingOf({ rule, cause, dueDay }: CurrentSituation, { text, currency }: Text): SituationChange {
  return {
    type: endOf(rule),
    cause,
    code: WITHDRAWN,
    text,
    valueMinor: null,
    currency,
    ...(dueDay === null ? {} : { dueDay }),
    reasons: [],
  };
}

function withdrawalOf<Name extends PartName>(
  name: Name,
  { published }: CustomerState,
  currency: string,
): readonly Decision[] {
  const part: Part<Name> = PARTS[name];
  const told = part.scoreOf?.(published[name]) ?? null;
  return told === null ? [] : [withdrawn(name as ScoreName, told, currency)];
}

function withdrawn(score: ScoreName, told: Omit<ScoreValue, 'currency'>, currency: string): Decision {
  return {
    type: `score.${score}.changed`,
    score,
    unit: told.unit,
    ...(told.unit === 'minor' ? { currency } : {}),
    value: null,
    previous: told.value,
    delta: null,
    band: WITHDRAWN,
    previousBand: told.band,
    parts: {},
    reasons: [],
  };
}
