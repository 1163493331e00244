import { OperatorError } from '@bellwether/runtime';
import type { ServerKind, ServerProgram, Tell } from '../server.ts';
import type { Environment } from '../tools/find-program.ts';

/** Where programs come from and go to. */
export interface Workshop {
  readonly env: Environment;
  /** Folder of programs that were fetched or built; see `cacheFolderOf`. */
  readonly cache: string;
}

/**
 * Whether a program can be used: it is `here`, it can be brought (fetched or built, once), or something is missing,
 * with a sentence that says what and how to get it.
 */
export type Availability =
  | { readonly state: 'here' }
  | { readonly state: 'obtainable'; readonly effort: string }
  | { readonly state: 'missing'; readonly reason: string };

/** One way to have a server program. */
export interface Supply {
  readonly kind: ServerKind;
  readonly name: string;
  /** Version that it brings; for a program of the machine the one it tells when it is asked. */
  version(): Promise<string>;
  /** Quick and without effects. */
  check(): Promise<Availability>;
  /** Makes the program usable, which can take minutes the first time. */
  bring(tell: Tell): Promise<ServerProgram>;
}

/** A supply with what was found out about it. */
export interface Choice {
  readonly supply: Supply;
  readonly availability: Exclude<Availability, { state: 'missing' }>;
}

/**
 * The supplies that can be used, best first: what is here already before what has to be brought, otherwise in the order
 * given. Fails with an `OperatorError` that says what is missing for each when there is none.
 */
export async function rankSupplies(supplies: readonly Supply[]): Promise<readonly [Choice, ...Choice[]]> {
  const checked = await Promise.all(
    supplies.map(async (supply) => ({ supply, availability: await supply.check() })),
  );
  const usable = checked.filter((choice): choice is Choice => choice.availability.state !== 'missing');
  const isHere = ({ availability }: Choice): boolean => availability.state === 'here';
  const [best, ...others] = [...usable.filter(isHere), ...usable.filter((choice) => !isHere(choice))];
  if (best !== undefined) return [best, ...others];
  const reasons = checked.flatMap(({ availability }) =>
    availability.state === 'missing' ? [availability.reason] : [],
  );
  if (reasons.length === 1) throw new OperatorError(reasons.join());
  const kind = supplies[0]?.kind;
  throw new OperatorError(
    `No server for ${kind} can be had: ${reasons.join(', ')}. Any one of these would do.`,
  );
}

/** Brings the best supply that can be brought; what fails on the way is told, and the next one is tried. */
export async function bringBest(supplies: readonly Supply[], tell: Tell): Promise<ServerProgram> {
  const choices = await rankSupplies(supplies);
  let lastError: unknown;
  for (const { supply } of choices) {
    try {
      return await supply.bring(tell);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      lastError = error;
      if (supply !== choices.at(-1)?.supply) tell(`${error.message}\nTrying the next best.`);
    }
  }
  throw lastError;
}

/** The reason of an `OperatorError` as something that is missing; other errors go on. */
export async function availabilityOf(
  check: () => Promise<Availability> | Availability,
): Promise<Availability> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof OperatorError) return { state: 'missing', reason: error.message };
    throw error;
  }
}
