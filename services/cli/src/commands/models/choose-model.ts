import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { SHIPPED_PACKS } from '@bellwether/domain';
import { OperatorError } from '@bellwether/runtime';
import { callModels, type Place } from './models-client.ts';
import type { ModelsAnswer } from './models-texts.ts';

interface Accepted {
  readonly choiceId: string;
}
const WAIT_MS = 10_000;
const ASK_EVERY_MS = 200;

/** `models shadow`: tries a pack, which is a file or one that comes with the product. */
export async function tryModel(
  place: Place,
  pack: string,
  { by, size }: { readonly by: string; readonly size?: string },
): Promise<string> {
  const query = new URLSearchParams({ by, ...(size === undefined ? {} : { size }) });
  const shipped = SHIPPED_PACKS.find(({ id }) => id === pack);
  const sent = shipped
    ? { body: JSON.stringify(shipped), type: 'application/json' }
    : { body: textOf(pack), type: 'application/yaml' };
  return await choose(place, `/shadows?${query}`, { method: 'POST', ...sent });
}

/** `models withdraw`: tries a model no more. */
export async function withdrawModel(place: Place, id: string, by: string): Promise<string> {
  const query = new URLSearchParams({ by });
  return await choose(place, `/shadows/${encodeURIComponent(id)}?${query}`, { method: 'DELETE' });
}

/** `models promote`: a model that is tried counts from now on. */
export async function promoteModel(place: Place, id: string, by: string): Promise<string> {
  const { shadows } = await callModels<ModelsAnswer>(place, '');
  const shadow = shadows.find((model) => model.id === id);
  if (shadow === undefined) {
    const tried = shadows.map((model) => model.id).join(', ');
    throw new OperatorError(
      `${id} is not tried at present: ${tried === '' ? 'none is' : `tried are ${tried}`}.`,
    );
  }
  const body = JSON.stringify({ id, version: shadow.version, by });
  return await choose(place, '/promote', { method: 'POST', body });
}

/** `models rollback`: the model before counts again. */
export async function rollBackModel(place: Place, by: string): Promise<string> {
  return await choose(place, '/rollback', { method: 'POST', body: JSON.stringify({ by }) });
}

/** Tells the server what is wanted and waits until it is so: somebody else may have chosen first. */
async function choose(
  place: Place,
  path: string,
  sent: { readonly method: 'POST' | 'DELETE'; readonly body?: string; readonly type?: string },
): Promise<string> {
  const { choiceId } = await callModels<Accepted>(place, path, sent);
  for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += ASK_EVERY_MS) {
    const { history } = await callModels<ModelsAnswer>(place, '');
    if (history.some((applied) => applied.choiceId === choiceId))
      return 'Done: every customer is looked at now.\n';
    await pause(ASK_EVERY_MS);
  }
  throw new OperatorError(
    'It was accepted, but nothing has come of it yet: ingest and projection may be behind or stopped, ' +
      'or somebody else chose first (models list).',
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const shipped = SHIPPED_PACKS.map(({ id }) => id).join(', ');
    throw new OperatorError(
      `${path} cannot be read, and no model of that name comes with the product (${shipped}).`,
      {
        cause,
      },
    );
  }
}
