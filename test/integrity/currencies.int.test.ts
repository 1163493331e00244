import { ExchangeRates } from '@bellwether/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../services/projection/src/api/schemas.ts';
import type { WhatIf } from '../../services/projection/src/api/what-if-schemas.ts';
import { openPipeline, type Pipeline } from './support/open-pipeline.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const DAY = Math.floor(NOW / 86_400_000);
const SIGNED_DAY = DAY - 14;
const base = '/v1/tenants/acme/customers/c1';
const table = (version: string, ofDay: string) =>
  new ExchangeRates({
    version,
    currencies: ['USD', 'EUR'],
    days: [
      { day: SIGNED_DAY, worths: ['1.1', '1'] },
      { day: DAY, worths: [ofDay, '1'] },
    ],
  });

let number = 0;
function event(type: string, data: object) {
  number += 1;
  const time = new Date(NOW - 60_000).toISOString();
  return { specversion: '1.0', id: `e${number}`, source: 'crm', type, subject: 'c1', time, data };
}
const agreement = (data: object) => event('agreement.created', { agreementId: 'A', ...data });

describe('a tenant that sells in other currencies than its own (D23)', () => {
  let pipeline: Pipeline;
  let rates: ExchangeRates | null;
  beforeEach(async () => {
    rates = table('first', '1.2');
    pipeline = await openPipeline({ now: NOW, rates: () => rates });
    await pipeline.tick();
  });
  afterEach(() => pipeline?.close());

  const worthMinor = async () => (await pipeline.get<{ valueMinor: number }>(base)).valueMinor;
  const timeline = async () => (await pipeline.get<{ items: TimelineEntry[] }>(`${base}/timeline`)).items;
  const publish = async (...events: object[]) => {
    const answer = await pipeline.post('acme', events);
    await pipeline.settle();
    return answer;
  };

  it('has agreements at the rate of their signature and payments at that of their day, in its own', async () => {
    const signed = { valueMinor: 100_000, currency: 'EUR', signedDate: '2025-12-22' };
    expect(
      await publish(agreement(signed), event('payment.paid', { amountMinor: 500, currency: 'EUR' })),
    ).toMatchObject({ status: 202, body: { accepted: 2, rejected: 0 } });
    expect(await worthMinor()).toBe(110_000 + 600);
    const [told] = (await timeline()).filter(
      (entry) => entry.kind === 'event' && entry.eventId === `e${number - 1}`,
    );
    expect(told).toMatchObject({
      data: { valueMinor: 110_000, currency: 'USD' },
      conversion: {
        currency: 'EUR',
        amounts: [{ field: 'valueMinor', valueMinor: 100_000 }],
        rate: '1.1',
        rateDate: '2025-12-22',
        ratesVersion: 'first',
      },
    });
  });

  it('is worth the same when other rates are published later: what was converted stays', async () => {
    await publish(agreement({ valueMinor: 100_000, currency: 'EUR' }));
    rates = table('second', '1.5');
    await publish(event('agreement.amended', { agreementId: 'A', deltaMinor: 1_000, currency: 'EUR' }));
    expect(await worthMinor()).toBe(120_000 + 1_500);
  });

  it('takes an event once that is delivered again after other rates were published', async () => {
    const paid = event('payment.paid', { amountMinor: 1_000, currency: 'EUR' });
    await publish(paid);
    rates = table('second', '1.5');
    await publish(paid);
    expect(await worthMinor()).toBe(1_200);
    expect((await timeline()).filter(({ kind }) => kind === 'event')).toHaveLength(1);
  });

  it('is told what it would be with an event in another currency as it would be converted', async () => {
    await publish(agreement({ valueMinor: 100_000, currency: 'USD' }));
    const events = [event('payment.paid', { amountMinor: 1_000, currency: 'EUR' })];
    const answer = await pipeline.app.inject({ method: 'POST', url: `${base}/what-if`, payload: { events } });
    const { scores } = answer.json<WhatIf>();
    expect(scores.ltv?.after?.value).toBe(101_200);
  });

  it('is told what cannot be converted, and the rest counts', async () => {
    rates = null;
    const refused = event('payment.paid', { amountMinor: 500, currency: 'EUR' });
    expect(await publish(agreement({ valueMinor: 7 }), refused)).toMatchObject({
      body: { accepted: 1, rejected: 1 },
    });
    expect(await worthMinor()).toBe(7);
  });
});
