import { randomUUID } from 'node:crypto';
import { applyChoice } from '@bellwether/domain';
import type { ModelChoiceRecord } from '@bellwether/events';
import { readModelChoice } from '../../../read/read-model-choice.ts';
import { ProblemError } from '../../problem.ts';
import type { RouteDeps } from '../../route-deps.ts';

type Unstamped<Record> = Record extends unknown ? Omit<Record, 'tenant' | 'choiceId' | 'at'> : never;

/** What is wanted, before it has a tenant, an id and a time. */
export type WantedChoice = Unstamped<ModelChoiceRecord>;

/**
 * Publishes what somebody wants of a tenant's models (N6): people are a source system, so the models change when it has
 * gone its way. Resolves when it is on disk.
 * @throws ProblemError 409 for what is not possible as the models stand, or while a history is imported
 */
export async function publishChoice(
  deps: RouteDeps,
  tenant: string,
  wanted: WantedChoice,
): Promise<{ readonly choiceId: string }> {
  const { settings } = await deps.tenantOf(tenant);
  if (settings.clock === 'importing') {
    throw new ProblemError(409, 'tenant-importing', {
      detail: `History of ${tenant} is being imported, and nothing else may write into it: choose its models when that is done.`,
    });
  }
  const choiceId = randomUUID();
  const value: ModelChoiceRecord = { ...wanted, tenant, choiceId, at: deps.now() };
  const possible = applyChoice(await readModelChoice(deps.readModels, tenant), value);
  if (!possible.ok) throw new ProblemError(409, possible.refusal.code, { detail: possible.refusal.why });
  await deps.log.append([{ topic: 'model-choices', key: tenant, value }]);
  return { choiceId };
}
