import type { ModelChoiceRecord } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { applyChoice, type ChoiceResult, type ModelChoice, modelsOf, NO_CHOICE } from './model-choice.ts';
import { CRM } from './shipped/crm.ts';
import { CS_FRAMEWORK } from './shipped/cs-framework.ts';
import { MATTERMOST_2025 } from './shipped/mattermost-2025.ts';

const told = { tenant: 'acme', choiceId: 'x', by: 'Ada', at: 1_000 };
const shadow = (pack: object, size: string | null = null): ModelChoiceRecord => ({
  kind: 'shadow',
  ...told,
  pack: JSON.stringify(pack),
  size,
});
const promote = ({ id, version }: { id: string; version: string }): ModelChoiceRecord => ({
  kind: 'promote',
  ...told,
  id,
  version,
});
const ROLLBACK: ModelChoiceRecord = { kind: 'rollback', ...told };

function after(...wanted: readonly ModelChoiceRecord[]): ModelChoice {
  return wanted.reduce((choice, next) => {
    const result = applyChoice(choice, next);
    if (!result.ok) throw new Error(result.refusal.why);
    return result.choice;
  }, NO_CHOICE);
}

function why(result: ChoiceResult): string {
  return result.ok ? 'possible' : `${result.refusal.code}: ${result.refusal.why}`;
}

describe('the models that people choose for a tenant (N6)', () => {
  it('begin with the customer-success framework', () => {
    expect(modelsOf(NO_CHOICE)).toEqual({ live: CS_FRAMEWORK });
  });

  it('can be tried beside the one that counts, promoted, and rolled back in one step', () => {
    const tried = after(shadow(CRM));
    expect(modelsOf(tried)).toEqual({ live: CS_FRAMEWORK, shadows: [{ pack: CRM, size: null }] });
    const promoted = after(shadow(CRM), promote(CRM));
    expect(modelsOf(promoted)).toEqual({ live: CRM });
    expect(promoted.live).toEqual([{ pack: CRM, size: null, since: 1_000, by: 'Ada' }]);
    const back = after(shadow(CRM), promote(CRM), ROLLBACK);
    expect(modelsOf(back)).toEqual({ live: CS_FRAMEWORK });
    expect([tried.version, promoted.version, back.version]).toEqual([1, 2, 3]);
    expect(back.history.map(({ kind, id, by }) => `${by}: ${kind} ${id}`)).toEqual([
      'Ada: rollback cs-framework',
      'Ada: promote crm',
      'Ada: shadow crm',
    ]);
  });

  it('can be those of one size alone (S55), and a step back takes such a pack away again', () => {
    const chosen = [shadow(CRM, 'enterprise'), promote(CRM)];
    expect(modelsOf(after(...chosen))).toEqual({ live: CS_FRAMEWORK, bySize: { enterprise: CRM } });
    expect(modelsOf(after(...chosen, ROLLBACK))).toEqual({ live: CS_FRAMEWORK });
  });

  it('stop being tried where a step back makes them count again', () => {
    const back = after(shadow(CRM), promote(CRM), shadow(CS_FRAMEWORK), ROLLBACK);
    expect(modelsOf(back)).toEqual({ live: CS_FRAMEWORK });
  });

  it('replace the version of the same model that was tried before', () => {
    const next = { ...CRM, version: '1.1.0' };
    expect(after(shadow(CRM), shadow(next)).shadows.map(({ pack }) => pack.version)).toEqual(['1.1.0']);
  });

  it.each<readonly [string, readonly ModelChoiceRecord[], ModelChoiceRecord]>([
    ['no-such-shadow: crm 1.0.0 is not tried at present: none is.', [], promote(CRM)],
    [
      'no-such-shadow: crm 9.9.9 is not tried at present: tried are crm 1.0.0.',
      [shadow(CRM)],
      { kind: 'withdraw', ...told, id: 'crm', version: '9.9.9' },
    ],
    ['nothing-before: There is no step back: nothing was promoted since the last one.', [], ROLLBACK],
    [
      'nothing-before: There is no step back: nothing was promoted since the last one.',
      [shadow(CRM), promote(CRM), ROLLBACK],
      ROLLBACK,
    ],
    [
      'already-live: cs-framework 2.0.0 is the model that counts for all customers already.',
      [],
      shadow(CS_FRAMEWORK),
    ],
    [
      'already-tried: crm 1.0.0 is tried for customers of the size large already.',
      [shadow(CRM, 'large')],
      shadow(CRM, 'large'),
    ],
    [
      'version-taken: There is another crm 1.0.0 already. ' +
        'A pack is never changed under its version: give this one a new version.',
      [],
      shadow({ ...CRM, title: 'Ours' }),
    ],
    [
      'too-many: 4 models are tried already, the most there may be: ' +
        'withdraw one of crm 1.0.0, mattermost-2025 1.0.0, a 1.0.0, b 1.0.0.',
      [shadow(CRM), shadow(MATTERMOST_2025), shadow({ ...CRM, id: 'a' }), shadow({ ...CRM, id: 'b' })],
      shadow({ ...CRM, id: 'c' }),
    ],
  ])('are refused with %s', (expected, before, wanted) => {
    expect(why(applyChoice(after(...before), wanted))).toBe(expected);
  });

  it('are the same pack whatever the order of its fields', () => {
    const turned = Object.fromEntries(Object.entries(CRM).reverse());
    expect(why(applyChoice(NO_CHOICE, shadow(turned)))).toBe('possible');
  });
});
