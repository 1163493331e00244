import type { ServerKind } from '@bellwether/local-servers';
import { OperatorError } from '@bellwether/runtime';
import { BACKEND_NAMES, type Backend, type BackendName, type Offer } from './backend.ts';

/** The backend that a server will come from, with what it offers. */
export interface Chosen {
  readonly kind: ServerKind;
  readonly backend: Backend;
  readonly offer: Extract<Offer, { available: true }>;
}

/** Reads `BELLWETHER_TEST_BACKEND`; undefined lets the order decide. */
export function readForcedBackend(value: string | undefined): BackendName | undefined {
  if (value === undefined || value === '') return undefined;
  const name = BACKEND_NAMES.find((each) => each === value);
  if (name !== undefined) return name;
  throw new OperatorError(
    `BELLWETHER_TEST_BACKEND is one of ${BACKEND_NAMES.join(', ')}, not "${value}"; without it the first that is there is taken.`,
  );
}

/**
 * Chooses for each kind of server the first backend that offers it: the environment, containers, local programs.
 * Fails with an `OperatorError` that says what each backend misses when there is none for some kind.
 */
export async function chooseBackends(
  kinds: readonly ServerKind[],
  backends: readonly Backend[],
): Promise<readonly Chosen[]> {
  const inOrder = BACKEND_NAMES.flatMap((name) => backends.filter((backend) => backend.name === name));
  const outcomes = await Promise.all(kinds.map((kind) => tryInTurn(kind, inOrder)));
  const chosen = outcomes.flatMap((outcome) => ('backend' in outcome ? [outcome] : []));
  if (chosen.length === kinds.length) return chosen;
  const refused = outcomes.flatMap((outcome) => ('reasons' in outcome ? [outcome.reasons] : []));
  const sentences = inOrder.map((_, index) =>
    [...new Set(refused.map((reasons) => reasons[index]))].join(' '),
  );
  throw new OperatorError(sentences.join(' Or: '));
}

/** The first backend that offers a server, or the reason of each, in the order given. */
async function tryInTurn(
  kind: ServerKind,
  backends: readonly Backend[],
): Promise<Chosen | { readonly reasons: readonly string[] }> {
  const reasons: string[] = [];
  for (const backend of backends) {
    const offer = await backend.offer(kind);
    if (offer.available) return { kind, backend, offer };
    reasons.push(offer.reason);
  }
  return { reasons };
}

const PURPOSES: Readonly<Record<ServerKind, string>> = { kafka: '', registry: '', mongodb: ' for MongoDB' };

/** `Kafka 4.1.1, Apicurio Registry 2.6.13.Final, secantusd-rs 0.5.3 for MongoDB (local programs)`. */
export function describeChoice(chosen: readonly Chosen[]): string {
  const groups = BACKEND_NAMES.flatMap((name) => {
    const members = chosen.filter(({ backend }) => backend.name === name);
    return members.length === 0 ? [] : [`${members.map(describeServer).join(', ')} (${WORDS[name]})`];
  });
  return groups.join('; ');
}

const WORDS: Readonly<Record<BackendName, string>> = {
  external: 'as the environment says',
  docker: 'containers',
  local: 'local programs',
};

function describeServer({ kind, offer }: Chosen): string {
  const purpose = /mongo/i.test(offer.name) ? '' : PURPOSES[kind];
  const effort = offer.effort === undefined ? '' : ` – ${offer.effort}`;
  return `${offer.name} ${offer.version}${purpose}${effort}`;
}
