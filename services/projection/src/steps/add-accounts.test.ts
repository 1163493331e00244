import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAccounts } from './add-accounts.ts';
import { foldTally } from './fold-tally.ts';

const tallies = fc.array(fc.record({ ok: fc.nat(), duplicate: fc.nat(), quarantined: fc.nat() }), {
  maxLength: 6,
});

describe('the account of a tenant', () => {
  it('adds up exactly and nothing in it is negative, whichever totals have arrived', () => {
    fc.assert(
      fc.property(tallies, tallies, (ingest, scoring) => {
        const { accepted, scored, duplicate, quarantined, inFlight } = addAccounts(ingest, scoring);
        expect(accepted).toBe(scored + duplicate + quarantined + inFlight);
        expect(inFlight).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('counts what ingest let through and scoring has not seen as in flight', () => {
    const ingest = [
      { ok: 10, duplicate: 1, quarantined: 2 },
      { ok: 5, duplicate: 0, quarantined: 0 },
    ];
    expect(addAccounts(ingest, [{ ok: 8, duplicate: 3, quarantined: 1 }])).toEqual({
      accepted: 18,
      scored: 8,
      duplicate: 4,
      quarantined: 3,
      inFlight: 3,
    });
  });

  it('takes no older totals for newer ones', () => {
    const tally = (ok: number) =>
      ({
        kind: 'tally',
        group: 'scoring',
        topic: 't',
        partition: 0,
        tenant: 'acme',
        tally: { ok, duplicate: 0, quarantined: 0 },
      }) as const;
    const newer = foldTally(undefined, tally(5));
    expect(foldTally(newer, tally(3))).toBe(newer);
    expect(foldTally(newer, tally(6)).tally.ok).toBe(6);
  });
});
