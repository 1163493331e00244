import type { Log, ReadModels } from '@bellwether/stream';
import type { RedriveState } from '../steps/keep-waiting.ts';
import type { TenantDirectory } from '../tenants/tenant-directory.ts';
import { REDRIVES_COLLECTION } from '../topologies/ingest-redrives.ts';
import { redriveEntries } from './redrive-entries.ts';

const PIECE = 200;

/** Gives again what waited for its tenant. */
export interface WaitingRelease {
  /**
   * Looks once; to be called every few seconds by a process that runs ingest.
   * @returns how many inputs were given again
   */
  release(): Promise<number>;
}

/**
 * Events that came while history was being loaded into their tenant, or before their tenant was begun, wait in
 * quarantine; when it is live they are given again by themselves, in their order (design 2).
 */
export function createWaitingRelease(parts: {
  readonly log: Pick<Log, 'append'>;
  readonly readModels: Pick<ReadModels, 'groups' | 'find'>;
  readonly tenants: Pick<TenantDirectory, 'get'>;
  /** Epoch ms. */
  readonly now: () => number;
}): WaitingRelease {
  const { log, readModels, tenants, now } = parts;
  /** Given again, but the document does not say so yet. */
  let given = new Set<string>();

  async function releaseOf(tenant: string, stillWaiting: Set<string>): Promise<number> {
    let released = 0;
    let after: { values: readonly unknown[]; id: string } | undefined;
    for (;;) {
      const rows = await readModels.find<RedriveState>(REDRIVES_COLLECTION, {
        group: tenant,
        sort: [['place', 1]],
        limit: PIECE,
        ...(after ? { after } : {}),
      });
      for (const { id } of rows) if (given.has(id)) stillWaiting.add(id);
      const entries = rows.flatMap(({ id, state }) =>
        state.waiting && !given.has(id) ? [state.waiting] : [],
      );
      const { redriven } = await redriveEntries(entries, { log, at: now() });
      for (const id of redriven) stillWaiting.add(id);
      released += redriven.length;
      const last = rows.at(-1);
      if (last === undefined || rows.length < PIECE) return released;
      after = { values: [last.state.place], id: last.id };
    }
  }

  return {
    async release() {
      let released = 0;
      const stillWaiting = new Set<string>();
      for (const tenant of await readModels.groups(REDRIVES_COLLECTION)) {
        const view = await tenants.get(tenant);
        if (view?.settings.clock === 'live') released += await releaseOf(tenant, stillWaiting);
      }
      given = stillWaiting;
      return released;
    },
  };
}
