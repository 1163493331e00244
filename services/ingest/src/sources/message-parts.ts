import { type Fault, isId, type QuarantineReason } from '@bellwether/events';

/** Why a message cannot be taken, with what could be made out of whose it is. */
export interface Refusal {
  readonly tenant: string | undefined;
  readonly customerId: string | null;
  readonly reason: QuarantineReason;
  readonly faults: readonly Fault[];
  /** A known producer wrote it under a schema that cannot be read as ours; many of those stop the partition. */
  readonly sign?: 'schema-break';
}

/** A JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** True for a JSON object, not an array and not null. */
export function isJsonRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text itself where a tenant or customer may be called that. */
export function nameOf(value: unknown): string | undefined {
  return isId(value) && !value.startsWith('@') ? value : undefined;
}

/** Whose a message is as far as its headers and key say it, whatever its body may be. */
export function whoseOf(
  key: string,
  headers: Readonly<Record<string, string>>,
): Pick<Refusal, 'tenant' | 'customerId'> {
  const named = namesOfKey(key);
  const tenant = nameOf(headers.ce_tenant) ?? named.tenant;
  return { tenant, customerId: nameOf(headers.ce_subject) ?? named.customerId ?? null };
}

/** Tenant and customer as the key of a message names them, `tenant|customerId`. */
export function namesOfKey(key: string): {
  readonly tenant: string | undefined;
  readonly customerId: string | undefined;
} {
  const at = key.indexOf('|');
  if (at < 0) return { tenant: undefined, customerId: undefined };
  return { tenant: nameOf(key.slice(0, at)), customerId: nameOf(key.slice(at + 1)) };
}
