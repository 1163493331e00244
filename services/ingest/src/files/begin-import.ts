import { formatDay, isId, parseDate, type TenantSettings } from '@bellwether/events';
import type { Log } from '@bellwether/stream';
import type { TenantDirectory } from '../tenants/tenant-directory.ts';
import { type BegunImport, findBegun, type ManifestLookup } from './import-log.ts';
import { ImportRefusal } from './import-result.ts';
import type { HistoryBase } from './write-history.ts';

/** What an import may be asked for besides its input. */
export interface ImportOptions {
  readonly tenant: string;
  /** `YYYY-MM-DD`: rows after it are left out, and the tenant's clock ends there. */
  readonly until?: string;
  /** The tenant's clock afterwards. */
  readonly clock: 'frozen' | 'live';
  /** The data were generated. */
  readonly synthetic?: boolean;
}

export interface ImportIdentity {
  readonly name: string;
  readonly contentHash: string;
  readonly mapVersion: string;
  readonly currency: string;
  readonly timeZone: string;
}

/** What was decided before a row is read. */
export interface BegunAs {
  readonly importId: string;
  readonly settings: TenantSettings;
  readonly finalSettings: TenantSettings;
  readonly until: number | null;
  readonly base: HistoryBase;
  readonly begun: BegunImport | undefined;
}

export interface BeginParts {
  readonly log: Pick<Log, 'read' | 'endOffset'>;
  readonly manifests: ManifestLookup;
  readonly tenants: Pick<TenantDirectory, 'get'>;
}

/**
 * Decides whether this content may be imported for this tenant, anew or continued. One content is imported once for a
 * tenant, whatever its file name, map or options.
 * @throws ImportRefusal with the sentence for the operator
 */
export async function beginImport(
  options: ImportOptions,
  identity: ImportIdentity,
  parts: BeginParts,
): Promise<BegunAs> {
  const { tenant } = options;
  if (!isId(tenant) || tenant.startsWith('@')) {
    throw new ImportRefusal(
      'bad-tenant',
      `"${tenant}" is no name for a tenant: letters, digits and _ : . @ -, at most 128.`,
    );
  }
  const until = untilOf(options.until);
  const importId = `${tenant}:${identity.contentHash.slice(0, 16)}`;
  const manifest = await parts.manifests.get(importId);
  const begun = await findBegun(parts.log, importId, manifest);
  if (manifest?.state === 'done' || begun?.ended) {
    const under = manifest ? ` as ${manifest.fileName}` : '';
    throw new ImportRefusal(
      'already-imported',
      `The content of ${identity.name} was already imported for tenant ${tenant}${under}; nothing was changed.`,
    );
  }
  if (begun && (begun.mapVersion !== identity.mapVersion || begun.until !== until)) {
    const before = begun.until === null ? 'without --until' : `with --until ${formatDay(begun.until)}`;
    throw new ImportRefusal(
      'begun-otherwise',
      `An import of this content for tenant ${tenant} was begun with map ${begun.mapVersion} ${before}; ` +
        'continue it with the same map and options.',
    );
  }
  const base = await baseOf(tenant, identity, { parts, begun });
  if (until !== null && base.day !== null && until < base.day) {
    throw new ImportRefusal(
      'bad-until',
      `Tenant ${tenant} already stands at ${formatDay(base.day)}; --until must not be earlier.`,
    );
  }
  const { currency, timeZone } = identity;
  const settings = { currency, timeZone, synthetic: options.synthetic ?? false, clock: 'importing' } as const;
  return { importId, settings, finalSettings: { ...settings, clock: options.clock }, until, base, begun };
}

function untilOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const day = parseDate(text);
  if (day === undefined)
    throw new ImportRefusal('bad-until', `--until needs an existing date, YYYY-MM-DD, not "${text}".`);
  return day;
}

/** Where the tenant stood before this import: for one that is continued, before it was begun. */
async function baseOf(
  tenant: string,
  identity: ImportIdentity,
  { parts, begun }: { readonly parts: BeginParts; readonly begun: BegunImport | undefined },
): Promise<HistoryBase> {
  const view = await parts.tenants.get(tenant);
  if (!view) return { day: null, feeds: {}, statuses: {}, revision: 0 };
  const { settings, day, feeds, statuses, revision } = view;
  if (settings.clock === 'live') {
    const why = 'history is loaded before a tenant goes live';
    throw new ImportRefusal(
      'tenant-live',
      `Tenant ${tenant} is live, and ${why}; import into another tenant.`,
    );
  }
  if (settings.clock === 'importing' && !begun) {
    throw new ImportRefusal(
      'tenant-importing',
      `Another import for tenant ${tenant} is not finished; finish that one first.`,
    );
  }
  if (settings.currency !== identity.currency || settings.timeZone !== identity.timeZone) {
    throw new ImportRefusal(
      'tenant-differs',
      `Tenant ${tenant} counts in ${settings.currency} and ${settings.timeZone}, ` +
        `this import in ${identity.currency} and ${identity.timeZone}; they must agree.`,
    );
  }
  return { day, feeds, statuses, revision: settings.clock === 'importing' ? revision - 1 : revision };
}
