import { describe, expect, it } from 'vitest';
import { type DiffAnswer, diffText, modelsText, type NamedModel } from './models-texts.ts';

const FRAMEWORK: NamedModel = {
  id: 'cs-framework',
  version: '2.0.0',
  title: 'Framework',
  size: null,
  since: null,
  by: null,
};

describe('the models of a tenant in a terminal (N6)', () => {
  it('are told with who chose them, and what a step back brings', () => {
    const since = '2026-03-01T09:00:00.000Z';
    const ours = { id: 'ours', version: '1.0.0', title: 'Ours', size: 'enterprise', since, by: 'Ada' };
    const before = { size: 'enterprise', pack: null };
    expect(modelsText({ live: [FRAMEWORK, ours], shadows: [], before, history: [] })).toBe(
      'counts  cs-framework 2.0.0 (Framework), since the beginning\n' +
        'counts  ours 1.0.0 (Ours) for customers of the size enterprise, since 2026-03-01T09:00:00.000Z by Ada\n' +
        'A step back (models rollback) brings no pack of its own for customers of the size enterprise.\n',
    );
  });

  it('are compared in a few lines, with the customers who would feel it', () => {
    const counted = (customers: number, valueMinor: number | null = 0) => ({ customers, valueMinor });
    const diff: DiffAnswer = {
      asOf: '2026-03-01',
      currency: 'USD',
      shadowModel: { id: 'ours', version: '1.0.0', size: null },
      customers: 3,
      compared: 2,
      crossing: counted(1, 150_000),
      alertsGained: counted(1, 150_000),
      alertsLost: counted(0),
      live: { meanHundredths: 7_150 },
      shadow: { meanHundredths: null },
      bands: [{ band: 'healthy', live: counted(2), shadow: counted(1) }],
      moves: [{ from: 'healthy', to: 'at-risk', ...counted(1, 150_000) }],
      items: [
        {
          customerId: 'c-1',
          name: 'Purple\u001b[31m Walrus',
          valueMinor: 150_000,
          liveHealthHundredths: 8_100,
          liveBand: 'healthy',
          shadowHealthHundredths: 4_000,
          shadowBand: 'at-risk',
          alert: 'gained',
        },
      ],
      next: null,
    };
    expect(diffText(diff)).toBe(
      'ours 1.0.0 on 2026-03-01: 2 of 3 customers are scored by both.\n' +
        'Cross a band: 1 (1,500.00 USD). At-risk alerts: 1 (1,500.00 USD) gained, 0 (0.00 USD) lost.\n' +
        'Mean health 71.50 becomes none.\n' +
        '  healthy          2 -> 1\n' +
        '  healthy -> at-risk: 1 (1,500.00 USD)\n' +
        'c-1 Purple [31m Walrus, 1,500.00 USD: 81.00 healthy -> 40.00 at-risk, alert gained\n',
    );
  });
});
