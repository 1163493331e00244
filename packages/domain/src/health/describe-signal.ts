import type { MissingSignal } from '@bellwether/events';
import type { SignalModel, SignalName } from '../models/model-pack.ts';
import { SIGNAL_TEXTS } from './signal-texts.ts';

/** A signal as people call it: "login frequency", "CSAT". */
export function nameOf(signal: SignalName): string {
  return signal === 'csat' ? 'CSAT' : signal.replaceAll('-', ' ');
}

/** A reading with what it is compared with, and the currency of its amounts. */
export interface DescribedReading {
  readonly raw: number;
  readonly norm: number | null;
  readonly currency: string;
}

/** A reading in plain words: "used on 4 of the last 30 days, usually 5". */
export function describeReading(model: SignalModel, { raw, norm, currency }: DescribedReading): string {
  const text = SIGNAL_TEXTS[model.signal].now({ raw, windowDays: model.windowDays, currency });
  if (norm === null) return text;
  return `${text}, ${model.relativeTo?.kind === 'segment' ? 'median of the segment' : 'usually'} ${norm}`;
}

/** An earlier reading, to be said after the present one: "was 9", "was up 75.7 %", "was 9 against 12". */
export function describeEarlier(signal: SignalName, { raw, norm, currency }: DescribedReading): string {
  const text = SIGNAL_TEXTS[signal].earlier({ raw, windowDays: null, currency });
  return norm === null ? text : `${text} against ${norm}`;
}

/** Why a signal is missing, in plain words, and what the model takes instead. */
export function describeMissing(model: SignalModel, why: MissingSignal['why']): string {
  const { whenMissing } = model;
  const text = whyUnknown(model, why);
  return whenMissing === undefined ? text : `${text}; the model takes ${whenMissing.points} points instead`;
}

function whyUnknown({ signal, feed, windowDays }: SignalModel, why: MissingSignal['why']): string {
  const name = nameOf(signal);
  switch (why) {
    case 'feed-absent':
      return `${name} not known: no ${feed} data has ever come in`;
    case 'feed-stale':
      return `${name} not known: the ${feed} feed has stopped`;
    case 'no-data':
      if (windowDays === null || signal === 'usage-trend')
        return `${name} not known: too little data of this customer`;
      return `${name} not known: no data of this customer in the last ${windowDays} days`;
  }
}
