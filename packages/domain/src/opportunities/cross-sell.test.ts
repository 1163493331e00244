import { describe, expect, it } from 'vitest';
import type { AgreementList } from '../agreements/agreement-state.ts';
import { standingsOf } from '../agreements/agreement-status.ts';
import { evolveAgreements } from '../agreements/evolve-agreements.ts';
import { type AgreementFacts, day, givenAgreement } from '../customer/test-support.ts';
import { crossSellOf, decideCrossSell } from './cross-sell.ts';

const TODAY = day('2024-06-01');

function holding(...facts: readonly AgreementFacts[]) {
  let list: AgreementList = [];
  for (const [index, fact] of facts.entries()) {
    const event = givenAgreement('created', '2024-01-01', { agreementId: `A${index}`, ...fact });
    const evolved = evolveAgreements(list, event);
    if (evolved.kind === 'ok') list = evolved.result;
  }
  return crossSellOf(standingsOf(list, TODAY));
}

const MSA: AgreementFacts = { agreementType: 'MSA', signedDate: '2023-05-01' };
const worth = { valueMinor: 5_00, currency: 'USD', hasActiveMsa: true };

describe('cross-sell to customers that hold only MSAs (S4)', () => {
  it('tells never sold from lapsed (N8) and recommends what was bought last (S18)', () => {
    expect(holding(MSA)).toMatchObject({
      code: 'never-sold',
      recommended: 'SOW',
      sinceDay: day('2023-05-01'),
    });
    const sow: AgreementFacts = { agreementType: 'SOW', endDate: '2024-02-01' };
    const service: AgreementFacts = {
      agreementType: 'service',
      endDate: '2024-03-01',
      serviceLine: 'hosting',
    };
    expect(holding(MSA, sow, service)).toEqual({
      code: 'lapsed',
      msas: 1,
      recommended: 'service',
      product: 'hosting',
      because: 'bought last, in A2',
      sinceDay: day('2024-03-01'),
      text:
        'Holds only MSAs; the last service agreement, A2 for hosting, was over on 2024-03-01: ' +
        'offer a new service agreement',
    });
  });

  it('recommends to whom nothing was ever sold what its peers hold, and says why (S18)', () => {
    let list: AgreementList = [];
    const evolved = evolveAgreements(list, givenAgreement('created', '2024-01-01', MSA));
    if (evolved.kind === 'ok') list = evolved.result;
    const held = { peers: 8, holders: 5, meanValueMinor: 100, holdingBasisPoints: 6_250, expectedMinor: 63 };
    const crossSell = crossSellOf(standingsOf(list, TODAY), [
      { ...held, agreementType: 'MSA', serviceLine: 'frame' },
      { ...held, agreementType: 'service', serviceLine: 'hosting' },
    ]);
    expect(crossSell).toMatchObject({ recommended: 'service', product: 'hosting' });
    expect(
      decideCrossSell(null, crossSell, worth)?.reasons.map(({ signal, text }) => [signal, text]),
    ).toEqual([
      ['active-msas', 'when raised: 1 active MSA'],
      ['recommended:service', 'Recommended: service agreement (held by 5 of 8 customers of its segment)'],
      ['product:hosting', 'For hosting'],
    ]);
    expect(crossSell?.text).toBe(
      'Holds only MSAs and has never bought under them: offer a first service agreement for hosting',
    );
  });

  it('does not arise beside another active agreement, nor without an active MSA', () => {
    expect(holding(MSA, { agreementType: 'SOW' })).toBeNull();
    expect(holding(MSA, { agreementType: 'SOW', startDate: '2024-09-01' })).toBeNull();
    expect(holding({ ...MSA, endDate: '2024-05-31' })).toBeNull();
    expect(holding({ agreementType: 'SOW', endDate: '2024-05-31' })).toBeNull();
  });

  it('does not take an agreement of unknown type for an MSA', () => {
    expect(holding(MSA, { valueMinor: 5 })).toBeNull();
  });

  it('is raised once, again when its code changes, and withdrawn when it is over', () => {
    const never = holding(MSA);
    expect(decideCrossSell(null, never, worth)).toMatchObject({
      type: 'opportunity.cross-sell.raised',
      cause: 'msa-only',
      code: 'never-sold',
    });
    expect(decideCrossSell('never-sold', never, worth)).toBeNull();
    expect(decideCrossSell('lapsed', never, worth)).toMatchObject({ code: 'never-sold' });
    expect(decideCrossSell('lapsed', null, worth)).toMatchObject({
      type: 'opportunity.cross-sell.withdrawn',
      code: 'sold',
    });
    expect(decideCrossSell('lapsed', null, { ...worth, hasActiveMsa: false })).toMatchObject({
      code: 'msa-ended',
    });
  });
});
