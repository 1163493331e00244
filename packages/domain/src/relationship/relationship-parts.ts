import type { MissingSignal, ScoreValue } from '@bellwether/events';
import { DEPTH_PARTS, depthBandOf } from './depth-of.ts';
import { pathText } from './path-of.ts';
import type { Relationship } from './relationship-of.ts';

type Parts = { [part: string]: number | null };

/** What is published of a relationship: depth as the value, everything else as parts and labels. */
export type RelationshipValue = Omit<ScoreValue, 'currency'> & {
  readonly labels: { readonly [label: string]: string | null };
};

/** The relationship as a score: its value is the depth (S10). */
export function relationshipValueOf(relationship: Relationship): RelationshipValue {
  const { depth } = relationship;
  const { lowHundredths: low, highHundredths: high } = depth;
  return {
    unit: 'hundredths',
    value: depth.valueHundredths,
    band: depth.band,
    parts: partsOf(relationship),
    labels: labelsOf(relationship),
    coverage: depth.coverageHundredths,
    ...(low === null ? {} : { low }),
    ...(high === null ? {} : { high }),
    uncertain: depthBandOf(low) !== depthBandOf(high),
    missing: missingOf(relationship),
  };
}

/** Lists of changing length (stages, roles, steps of the path) have a part for each entry that there is. */
function partsOf(relationship: Relationship): Parts {
  const { depth, consistency, paradox, efficiency, stakeholders, qbr, voice, path } = relationship;
  const parts: Parts = {};
  for (const { part } of DEPTH_PARTS) {
    const count = depth.counts[part];
    parts[part] = count === null ? null : depth.contributions[part];
    parts[`${part}.raw`] = count;
  }
  parts.consistency = consistency.valueHundredths;
  for (const { stage, valueHundredths } of consistency.stages) {
    if (valueHundredths !== null) parts[`consistency.${stage}`] = valueHundredths;
  }
  parts.paradox = paradox === null ? null : Number(paradox.isParadox);
  parts.efficiencyMinor = efficiency.minorPerActivity;
  parts.marketingToSalesDays = relationship.marketingToSalesDays;
  parts.activeStakeholders = stakeholders.active;
  parts.stakeholderTrend = stakeholders.trend;
  parts.withEmail = stakeholders.withEmail;
  parts.withEmailBasisPoints = stakeholders.withEmailBasisPoints;
  for (const [group, count] of Object.entries(stakeholders.activeByRole)) parts[`active.${group}`] = count;
  for (const [level, count] of Object.entries(stakeholders.meetings ?? {})) {
    if (count > 0) parts[`meetings.${level}`] = count;
  }
  parts.mostAttendees = stakeholders.mostAttendees;
  parts.lastExecutiveDay = stakeholders.lastExecutiveDay;
  parts.accountSinceDay = relationship.accountSince.day;
  path?.gapsDays.forEach((gapDays, index) => {
    if (index > 0) parts[`path.${index}.days`] = gapDays;
  });
  parts.qbrHeldDay = qbr.lastHeldDay;
  parts.qbrDueDay = qbr.dueDay;
  parts.qbrMissedDay = qbr.missedDay;
  parts.openLoops = voice.openLoops;
  parts.overdueLoops = voice.overdueLoops;
  parts.ease = voice.easeHundredths;
  parts.usageGrowthBasisPoints = relationship.usageGrowth.basisPoints;
  return parts;
}

function labelsOf(relationship: Relationship): RelationshipValue['labels'] {
  const { paradox, primaryChannel, accountSince, path, qbr } = relationship;
  return {
    primaryChannel: primaryChannel.channel,
    path: path === null ? null : pathText(path),
    accountSinceSource: accountSince.source,
    qbrBasis: qbr.basis,
    paradoxReasons: paradox?.isParadox === true ? paradox.reasons.join(', ') : null,
  };
}

/** Everything that is not known, each once, in one order. */
function missingOf(relationship: Relationship): readonly MissingSignal[] {
  const { depth, consistency, efficiency, primaryChannel, qbr, voice, stakeholders } = relationship;
  const missing: MissingSignal[] = [...depth.missing];
  for (const { stage, why } of consistency.stages) {
    if (why !== null) missing.push({ signal: `consistency.${stage}`, why });
  }
  const single = [
    ['efficiency', efficiency.why],
    ['primaryChannel', primaryChannel.why],
    ['qbr', qbr.why],
    ['ease', voice.why],
    ['activeStakeholders', stakeholders.missing[0]?.why ?? null],
    ['usageGrowth', relationship.usageGrowth.why],
  ] as const;
  for (const [signal, why] of single) if (why !== null) missing.push({ signal, why });
  return missing;
}
