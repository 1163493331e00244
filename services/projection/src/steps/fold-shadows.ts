import type { ScoreValue, ShadowScore, ShadowScores } from '@bellwether/events';

/** Health by one model, as far as it is compared. */
export interface ComparedHealth {
  readonly id: string;
  readonly version: string;
  /** 0..10000; null: not scorable. */
  readonly valueHundredths: number | null;
  readonly band: string;
  /** Flagged: an alert stands, or would stand. */
  readonly atRisk: boolean;
}

/** A customer's health by the models that are tried, beside the one that counts, of one moment (N6). */
export interface CustomerShadows {
  readonly tenant: string;
  readonly customerId: string;
  /** Epoch ms. */
  readonly asOf: number;
  readonly live: ComparedHealth | null;
  readonly shadows: readonly ComparedHealth[];
}

/** What is kept of a record: its figures; where a model is tried no more, nothing of it. */
export function foldShadows({ tenant, customerId, asOf, live, shadows }: ShadowScores): CustomerShadows {
  const { id = '', version = '' } = live?.health.model ?? {};
  return {
    tenant,
    customerId,
    asOf,
    live: live === null || shadows.length === 0 ? null : compared({ id, version, ...live }),
    shadows: shadows.map(compared),
  };
}

function compared({
  id,
  version,
  health: { value, band },
  atRisk,
}: Pick<ShadowScore, 'id' | 'version' | 'atRisk'> & { readonly health: ScoreValue }): ComparedHealth {
  return { id, version, valueHundredths: value, band: band ?? 'not-scorable', atRisk };
}
