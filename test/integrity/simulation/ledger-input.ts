import { Chance } from '../../../packages/testkit/src/simulation/chance.ts';
import type { InputValue } from '../../../packages/testkit/src/simulation/scenario.ts';
import type { LedgerValue } from './ledger.ts';

/** Input of one schedule by partition: a few tenants and accounts, days, duplicates, wrong amounts, markers. */
export function drawInput(seed: number): readonly (readonly InputValue<LedgerValue>[])[] {
  const chance = new Chance(seed ^ 0x5bd1e995);
  return Array.from({ length: 1 + chance.below(2) }, (_, partition) => drawPartition(chance, partition));
}

function drawPartition(chance: Chance, partition: number): InputValue<LedgerValue>[] {
  const tenants = 1 + chance.below(2);
  const accounts = 1 + chance.below(4);
  const days = tenants === 1 ? [0] : [0, 0];
  return Array.from({ length: 3 + chance.below(12) }, () => {
    const at = chance.below(tenants);
    const tenant = `t${partition}${at}`;
    const hole = chance.happens(0.3) ? 1 + chance.below(2) : 0;
    if (chance.happens(0.25)) {
      const day = (days[at] ?? 0) + 1;
      days[at] = day;
      return { key: tenant, value: { kind: 'day', tenant, day }, hole };
    }
    const key = `${tenant}/${chance.below(accounts)}`;
    const amount = chance.happens(0.1) ? 0 : 1 + chance.below(20);
    return { key, value: { kind: 'add', tenant, id: chance.below(30), amount }, hole };
  });
}
