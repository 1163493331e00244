import { formatDay, type Reason, type SituationChange } from '@bellwether/events';
import type { AgreementState, AgreementType } from '../agreements/agreement-state.ts';
import { isActiveStatus, lastDayOf, type Standing } from '../agreements/agreement-status.ts';
import type { Whitespace } from './whitespace.ts';

/** `never-sold`: no agreement but MSAs, ever; `lapsed`: the last other one is over (N8). */
export type CrossSellCode = 'never-sold' | 'lapsed';

/** What a cross-sell situation is about. */
export const CROSS_SELL_CAUSE = 'msa-only';

/** A customer that holds only MSAs now (S4), and what to offer (S18). */
export interface CrossSell {
  readonly code: CrossSellCode;
  /** Active MSAs. */
  readonly msas: number;
  /** Type of agreement to offer. */
  readonly recommended: AgreementType;
  /** Service line to offer; null: none stands out. */
  readonly product: string | null;
  /** Why that. */
  readonly because: string;
  /** Epoch day since which there are only MSAs; null where no date was told. */
  readonly sinceDay: number | null;
  readonly text: string;
}

/**
 * The cross-sell situation over the agreements as they stand: at least one active MSA and no other active agreement. An
 * agreement whose type was never told may be a SOW, so it keeps the situation from arising. Null: not MSA-only.
 *
 * What lapsed is recommended again; to whom nothing was ever sold, what peers hold most of.
 *
 * @param whitespace what peers hold and the customer does not, best first; empty: not known
 */
export function crossSellOf(
  standings: readonly Standing[],
  whitespace: readonly Whitespace[] = [],
): CrossSell | null {
  let msas = 0;
  let sinceDay: number | null = null;
  let lapsed: AgreementState | undefined;
  for (const { agreement, status } of standings) {
    const { terms } = agreement;
    if (terms.agreementType === 'MSA') {
      if (!isActiveStatus(status)) continue;
      msas += 1;
      const begun = terms.signedDay ?? terms.startDay;
      if (begun !== null && (sinceDay === null || begun < sinceDay)) sinceDay = begun;
    } else if (isActiveStatus(status)) {
      return null;
    } else if (status !== 'void' && (lapsed === undefined || isLaterEnd(agreement, lapsed))) {
      lapsed = agreement;
    }
  }
  if (msas === 0) return null;
  if (lapsed !== undefined) return lapsedSince(msas, lapsed);
  const best = whitespace.find(({ agreementType }) => agreementType !== 'MSA');
  return neverSold({ msas, sinceDay }, best);
}

function neverSold(
  { msas, sinceDay }: Pick<CrossSell, 'msas' | 'sinceDay'>,
  best: Whitespace | undefined,
): CrossSell {
  const recommended = best?.agreementType ?? 'SOW';
  const product = best?.serviceLine ?? null;
  const line = product === null ? '' : ` for ${product}`;
  const text = `Holds only MSAs and has never bought under them: offer a first ${nameOf(recommended)}${line}`;
  const because =
    best === undefined
      ? 'work under an MSA begins with a SOW'
      : `held by ${best.holders} of ${best.peers} customers of its segment`;
  return { code: 'never-sold', msas, recommended, product, because, sinceDay, text };
}

function lapsedSince(msas: number, { terms, agreementId }: AgreementState): CrossSell {
  const recommended = terms.agreementType ?? 'SOW';
  const sinceDay = endDayOf(terms);
  const line = terms.serviceLine === null ? '' : ` for ${terms.serviceLine}`;
  const when = sinceDay === null ? 'is over' : `was over on ${formatDay(sinceDay)}`;
  const offer = recommended === 'other' ? 'follow-up agreement' : `new ${nameOf(recommended)}`;
  const text = `Holds only MSAs; the last ${nameOf(recommended)}, ${agreementId}${line}, ${when}: offer a ${offer}`;
  const because = `bought last, in ${agreementId}`;
  return { code: 'lapsed', msas, recommended, product: terms.serviceLine, because, sinceDay, text };
}

/** The number may grow while the situation stands. */
function held(msas: number): string {
  return `when raised: ${msas} active ${msas === 1 ? 'MSA' : 'MSAs'}`;
}

function nameOf(type: AgreementType): string {
  if (type === 'service') return 'service agreement';
  return type === 'other' ? 'agreement' : type;
}

function endDayOf(terms: AgreementState['terms']): number | null {
  const turn = terms.turns.at(-1);
  return turn !== undefined && turn.to !== 'open' ? turn.day : lastDayOf(terms);
}

/** Standings come sorted by id, so equal ends keep the first. */
function isLaterEnd(a: AgreementState, b: AgreementState): boolean {
  return (endDayOf(a.terms) ?? Number.NEGATIVE_INFINITY) > (endDayOf(b.terms) ?? Number.NEGATIVE_INFINITY);
}

/**
 * `opportunity.cross-sell.raised` when the situation begins or its code changes, `.withdrawn` when it is over.
 * `valueMinor` is what the customer is worth: it says which opportunity to look at first.
 */
export function decideCrossSell(
  previous: CrossSellCode | null,
  now: CrossSell | null,
  worth: { readonly valueMinor: number; readonly currency: string; readonly hasActiveMsa: boolean },
): SituationChange | null {
  if (previous === (now?.code ?? null)) return null;
  const { valueMinor, currency } = worth;
  if (now === null) {
    const code = worth.hasActiveMsa ? 'sold' : 'msa-ended';
    const text = worth.hasActiveMsa
      ? 'Holds another agreement beside its MSA now'
      : 'Holds no active MSA any more';
    return {
      type: 'opportunity.cross-sell.withdrawn',
      cause: CROSS_SELL_CAUSE,
      code,
      text,
      valueMinor,
      currency,
      reasons: [],
    };
  }
  return {
    type: 'opportunity.cross-sell.raised',
    cause: CROSS_SELL_CAUSE,
    code: now.code,
    text: now.text,
    valueMinor,
    currency,
    reasons: [
      { signal: 'active-msas', contribution: 0, before: null, after: now.msas, text: held(now.msas) },
      told(`recommended:${now.recommended}`, `Recommended: ${nameOf(now.recommended)} (${now.because})`),
      ...(now.product === null ? [] : [told(`product:${now.product}`, `For ${now.product}`)]),
    ],
  };
}

function told(signal: string, text: string): Reason {
  return { signal, contribution: 0, before: null, after: null, text };
}
