import type { ModelChoiceRecord } from '@bellwether/events';
import { canonical } from '../canonical.ts';
import { SIZE_BANDS, type SizeBand } from '../tier/size-band.ts';
import type { ModelPack } from './model-pack.ts';
import { CS_FRAMEWORK } from './shipped/cs-framework.ts';
import { SHIPPED_PACKS } from './shipped-packs.ts';
import { isSamePack, MAX_SHADOWS, type SizedPack, type TenantModels } from './tenant-models.ts';

/** A pack with who chose it and when. */
export interface ChosenPack extends SizedPack {
  /** Epoch ms; null: from the beginning. */
  readonly since: number | null;
  readonly by: string | null;
}

/** What people have chosen for a tenant so far (N6): what its one owner keeps and tells. */
export interface ModelChoice {
  /** How many choices were applied. */
  readonly version: number;
  /** First the pack for all, then those for one size (S55). */
  readonly live: readonly ChosenPack[];
  /** What one step back brings again: the pack that stood in this place, if any did. Null: there is no step back. */
  readonly before: { readonly size: SizeBand | null; readonly pack: ChosenPack | null } | null;
  readonly shadows: readonly ChosenPack[];
  /** What was chosen last, the newest first; at most `MAX_HISTORY`. */
  readonly history: readonly AppliedChoice[];
}

/** A choice that was applied. */
export interface AppliedChoice {
  readonly choiceId: string;
  readonly kind: ModelChoiceRecord['kind'];
  /** The pack that it is about: tried, withdrawn, counting from then on; null: the place has no pack of its own. */
  readonly id: string | null;
  readonly version: string | null;
  readonly size: SizeBand | null;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}
/** Choices that are remembered by name. */
const MAX_HISTORY = 20;

/** Of a tenant for which nothing was chosen. */
export const NO_CHOICE: ModelChoice = {
  version: 0,
  live: [{ pack: CS_FRAMEWORK, size: null, since: null, by: null }],
  before: null,
  shadows: [],
  history: [],
};

/** Why something that is wanted is not possible. */
export interface ChoiceRefusal {
  readonly code:
    | 'already-live'
    | 'already-tried'
    | 'no-such-shadow'
    | 'nothing-before'
    | 'too-many'
    | 'version-taken';
  /** A sentence for whoever wanted it. */
  readonly why: string;
}

export type ChoiceResult =
  | { readonly ok: true; readonly choice: ModelChoice }
  | { readonly ok: false; readonly refusal: ChoiceRefusal };

/** The models by which scoring goes. */
export function modelsOf({ live, shadows }: ModelChoice): TenantModels {
  const bySize = Object.fromEntries(
    live.flatMap(({ pack, size }) => (size === null ? [] : [[size, pack] as const])),
  );
  return {
    live: placeOf(live, null)?.pack ?? CS_FRAMEWORK,
    ...(Object.keys(bySize).length === 0 ? {} : { bySize }),
    ...(shadows.length === 0 ? {} : { shadows: shadows.map(({ pack, size }) => ({ pack, size })) }),
  };
}

/** Applies what somebody wants; the edge asks with it whether that is possible, the owner does it. */
export function applyChoice(choice: ModelChoice, wanted: ModelChoiceRecord): ChoiceResult {
  switch (wanted.kind) {
    case 'shadow':
      return addShadow(choice, wanted);
    case 'withdraw':
      return withShadow(choice, wanted, (shadow) =>
        next(choice, wanted, { about: shadow, shadows: without(choice, shadow) }),
      );
    case 'promote':
      return withShadow(choice, wanted, (shadow) => promote(choice, shadow, wanted));
    case 'rollback':
      return rollBack(choice, wanted);
  }
}

function addShadow(
  choice: ModelChoice,
  wanted: Extract<ModelChoiceRecord, { kind: 'shadow' }>,
): ChoiceResult {
  const { pack: text, size: sizeName, at, by } = wanted;
  const pack = JSON.parse(text) as ModelPack;
  const size = SIZE_BANDS.find((band) => band === sizeName) ?? null;
  const name = nameOf(pack);
  const known = [...choice.live, ...choice.shadows, ...packsBefore(choice)].map((chosen) => chosen.pack);
  const same = [...known, ...SHIPPED_PACKS].find((one) => isSamePack(one, pack));
  if (same !== undefined && JSON.stringify(canonical(same)) !== JSON.stringify(canonical(pack))) {
    const why = `There is another ${name} already. A pack is never changed under its version: give this one a new version.`;
    return refuse('version-taken', why);
  }
  if (isSamePack(placeOf(choice.live, size)?.pack, pack))
    return refuse('already-live', `${name} is the model that counts for ${whom(size)} already.`);
  const tried = choice.shadows.find((one) => one.pack.id === pack.id);
  if (tried !== undefined && isSamePack(tried.pack, pack) && tried.size === size)
    return refuse('already-tried', `${name} is tried for ${whom(size)} already.`);
  if (tried === undefined && choice.shadows.length >= MAX_SHADOWS) {
    const why = `${MAX_SHADOWS} models are tried already, the most there may be: withdraw one of ${names(choice.shadows)}.`;
    return refuse('too-many', why);
  }
  const shadow: ChosenPack = { pack, size, since: at, by };
  const shadows =
    tried === undefined
      ? [...choice.shadows, shadow]
      : choice.shadows.map((one) => (one === tried ? shadow : one));
  return next(choice, wanted, { about: shadow, shadows });
}

function withShadow(
  choice: ModelChoice,
  wanted: { readonly id: string; readonly version: string },
  apply: (shadow: ChosenPack) => ChoiceResult,
): ChoiceResult {
  const shadow = choice.shadows.find(({ pack }) => isSamePack(pack, wanted));
  if (shadow !== undefined) return apply(shadow);
  const tried = choice.shadows.length === 0 ? 'none is' : `tried are ${names(choice.shadows)}`;
  return refuse('no-such-shadow', `${nameOf(wanted)} is not tried at present: ${tried}.`);
}

function promote(choice: ModelChoice, shadow: ChosenPack, wanted: ModelChoiceRecord): ChoiceResult {
  const { size, pack } = shadow;
  const { at, by } = wanted;
  return next(choice, wanted, {
    about: shadow,
    live: inPlace(choice.live, size, { pack, size, since: at, by }),
    before: { size, pack: placeOf(choice.live, size) ?? null },
    shadows: without(choice, shadow),
  });
}

function rollBack(choice: ModelChoice, wanted: ModelChoiceRecord): ChoiceResult {
  if (choice.before === null)
    return refuse('nothing-before', 'There is no step back: nothing was promoted since the last one.');
  const { size, pack } = choice.before;
  const back = pack === null ? null : { ...pack, since: wanted.at, by: wanted.by };
  return next(choice, wanted, {
    about: { size, pack: pack?.pack ?? null },
    live: inPlace(choice.live, size, back),
    before: null,
    // What counts again is not tried beside itself.
    shadows: choice.shadows.filter(
      (one) => one.size !== size || pack === null || !isSamePack(one.pack, pack.pack),
    ),
  });
}

function next(
  choice: ModelChoice,
  { choiceId, kind, by, at }: ModelChoiceRecord,
  {
    about: { size, pack },
    ...changed
  }: Partial<ModelChoice> & {
    readonly about: { readonly size: SizeBand | null; readonly pack: ModelPack | null };
  },
): ChoiceResult {
  const { id, version } = pack ?? { id: null, version: null };
  const applied: AppliedChoice = { choiceId, kind, id, version, size, by, at };
  const history = [applied, ...choice.history].slice(0, MAX_HISTORY);
  return { ok: true, choice: { ...choice, ...changed, version: choice.version + 1, history } };
}

function refuse(code: ChoiceRefusal['code'], why: string): ChoiceResult {
  return { ok: false, refusal: { code, why } };
}

function placeOf(live: readonly ChosenPack[], size: SizeBand | null): ChosenPack | undefined {
  return live.find((one) => one.size === size);
}

/** In the order of the places, so that equal choices are equal bytes. */
function inPlace(
  live: readonly ChosenPack[],
  size: SizeBand | null,
  chosen: ChosenPack | null,
): readonly ChosenPack[] {
  return [null, ...SIZE_BANDS].flatMap((place) => {
    const stands = place === size ? chosen : placeOf(live, place);
    return stands ? [stands] : [];
  });
}

function without({ shadows }: ModelChoice, shadow: ChosenPack): readonly ChosenPack[] {
  return shadows.filter((one) => one !== shadow);
}

function packsBefore({ before }: ModelChoice): readonly ChosenPack[] {
  return before?.pack ? [before.pack] : [];
}

function nameOf({ id, version }: { readonly id: string; readonly version: string }): string {
  return `${id} ${version}`;
}

function names(chosen: readonly ChosenPack[]): string {
  return chosen.map(({ pack }) => nameOf(pack)).join(', ');
}

function whom(size: SizeBand | null): string {
  return size === null ? 'all customers' : `customers of the size ${size}`;
}
