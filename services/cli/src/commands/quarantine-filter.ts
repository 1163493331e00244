import {
  isId,
  parseDate,
  parseInstant,
  QUARANTINE_REASONS,
  type QuarantineReason,
  UNKNOWN_TENANT,
} from '@bellwether/events';
import type { QuarantineFilter } from '@bellwether/ingest';
import { OperatorError } from '@bellwether/runtime';

/** Which entries of quarantine a command is about, as it is written on the command line. */
export interface QuarantineFlags {
  readonly tenant?: string;
  readonly reason?: string;
  readonly since?: string;
}

const DAY_MS = 86_400_000;
const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: DAY_MS };

/**
 * The filter that flags stand for.
 * @param now epoch ms
 * @throws OperatorError for what is no tenant, reason or time
 */
export function filterOf({ tenant, reason, since }: QuarantineFlags, now: number): QuarantineFilter {
  if (tenant !== undefined && tenant !== UNKNOWN_TENANT && !isId(tenant)) {
    throw new OperatorError(
      `${tenant} is no name of a tenant. What names none is listed under ${UNKNOWN_TENANT}.`,
    );
  }
  if (reason !== undefined && !isReason(reason)) {
    throw new OperatorError(`There is no reason ${reason}. There are: ${QUARANTINE_REASONS.join(', ')}.`);
  }
  return {
    ...(tenant === undefined ? {} : { tenant }),
    ...(reason === undefined ? {} : { reason }),
    ...(since === undefined ? {} : { sinceMs: instantOf(since, now) }),
  };
}

function isReason(text: string): text is QuarantineReason {
  return QUARANTINE_REASONS.some((reason) => reason === text);
}

function instantOf(text: string, now: number): number {
  const age = /^(\d{1,6})([mhd])$/.exec(text);
  if (age) return now - Number(age[1]) * (UNITS_MS[age[2] ?? ''] ?? 0);
  const day = parseDate(text);
  const instant = day === undefined ? parseInstant(text) : day * DAY_MS;
  if (instant !== undefined) return instant;
  throw new OperatorError(
    `--since takes an age such as 90m, 24h or 7d, a date, or an RFC 3339 time, not ${text}.`,
  );
}
