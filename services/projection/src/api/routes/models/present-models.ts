import type { ChosenPack, ModelChoice } from '@bellwether/domain';
import type { ChosenModel, Models } from '../../model-schemas.ts';

/** The models of a tenant as they are answered: names of packs, not what is in them. */
export function presentModels({ live, shadows, before, history }: ModelChoice): Models {
  return {
    live: live.map(presentPack),
    shadows: shadows.map(presentPack),
    before: before && {
      size: before.size,
      pack: before.pack && { id: before.pack.pack.id, version: before.pack.pack.version },
    },
    history: history.map((applied) => ({ ...applied, at: new Date(applied.at).toISOString() })),
  };
}

function presentPack({ pack: { id, version, title }, size, since, by }: ChosenPack): ChosenModel {
  return { id, version, title, size, since: since === null ? null : new Date(since).toISOString(), by };
}
