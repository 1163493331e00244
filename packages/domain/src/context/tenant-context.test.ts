import type { ContextRecord, ModelChoiceRecord } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { applyChoice, type ModelChoice, NO_CHOICE } from '../models/model-choice.ts';
import { CRM } from '../models/shipped/crm.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { evolveTenantContext, initialTenantContext, type TenantContext } from './tenant-context.ts';

const TOLD = { tenant: 'acme', choiceId: 'x', by: 'Ada', at: 0 };
const { id, version } = CRM;
const TRY: ModelChoiceRecord = { kind: 'shadow', ...TOLD, pack: JSON.stringify(CRM), size: null };
const PROMOTE: ModelChoiceRecord = { kind: 'promote', ...TOLD, id, version };

/** The choices as they are told, each after the ones before it. */
function told(...wanted: readonly ModelChoiceRecord[]): readonly ContextRecord[] {
  let choice: ModelChoice = NO_CHOICE;
  return wanted.map((next) => {
    const result = applyChoice(choice, next);
    if (!result.ok) throw new Error(result.refusal.why);
    choice = result.choice;
    const value = { choice: JSON.stringify(choice) };
    return { kind: 'context', tenant: 'acme', item: 'models', version: choice.version, receivedAt: 0, value };
  });
}

const after = (records: readonly ContextRecord[]): TenantContext =>
  records.reduce(evolveTenantContext, initialTenantContext());

describe('the models of a tenant, as the log tells them (N6)', () => {
  const [tried, promoted] = told(TRY, PROMOTE);
  if (tried === undefined || promoted === undefined) throw new Error('nothing was told');

  it('hold from their record on, and every customer is due under them', () => {
    const context = after([tried, promoted]);
    expect(context.models).toEqual({ live: CRM });
    expect([context.modelsVersion, context.contextVersion]).toEqual([2, 2]);
  });

  it('are another cause than a model that is only tried (N13)', () => {
    expect(after([tried])).toMatchObject({
      models: { live: CS_FRAMEWORK },
      itemVersions: { models: 0, shadows: 1 },
    });
    expect(after([tried, promoted]).itemVersions).toMatchObject({ models: 2, shadows: 2 });
    const again: ContextRecord = { ...tried, item: 'models', version: 3 } as ContextRecord;
    // What was told before counts again: a step back.
    expect(after([tried, promoted, again]).itemVersions).toMatchObject({ models: 3, shadows: 3 });
  });

  it('are not undone by an older record, or by the same one again', () => {
    const context = after([tried, promoted]);
    expect(evolveTenantContext(context, tried)).toBe(context);
    expect(evolveTenantContext(context, promoted)).toBe(context);
  });

  it('come after feeds and census of the tenant, and leave them as they are', () => {
    const feeds: ContextRecord = {
      kind: 'context',
      tenant: 'acme',
      item: 'feeds',
      version: 1,
      receivedAt: 0,
      value: { activity: { status: 'fresh', lastDay: 1 } },
    };
    const context = after([feeds, tried]);
    expect([context.feeds, context.contextVersion]).toEqual([feeds.value, 2]);
  });
});
