import { join } from 'node:path';
import { type ImportParts, type ImportResult, importFile } from '@bellwether/ingest';
import { OperatorError } from '@bellwether/runtime';
import { readMapFile } from '../read-map-file.ts';

/** The real data that come with the project; both tenants stay frozen at the end of their data. */
const DATA_SETS = [
  { tenant: 'usaspending', folder: 'usaspending', file: 'treasury_contracts.csv' },
  { tenant: 'cdnow', folder: 'cdnow', file: 'CDNOW_sample.txt' },
] as const;

/**
 * Loads the real data sets, each as a tenant of its own. A data set that is in already is left as it is; one whose
 * import was cut off is continued.
 */
export async function importDataSets(
  examplesFolder: string,
  parts: ImportParts,
  tell: (sentence: string) => void,
): Promise<void> {
  for (const { tenant, folder, file } of DATA_SETS) {
    const map = await readMapFile(join(examplesFolder, folder, 'map.yaml'));
    const path = join(examplesFolder, folder, file);
    const result = await importFile({ path, map, tenant, clock: 'frozen' }, parts);
    tell(describeImport(tenant, result));
  }
}

/**
 * One sentence about how an import ended.
 * @throws OperatorError with the sentence for a refusal other than that the data are in already
 */
export function describeImport(tenant: string, result: ImportResult): string {
  if (result.kind === 'stopped') return `${tenant}: ${result.message}`;
  if (result.kind === 'refused') {
    if (result.code === 'already-imported') return `${tenant}: already loaded.`;
    throw new OperatorError(result.message);
  }
  const { summary } = result;
  const bad = summary.badRows === 0 ? '' : ` ${summary.badRows} bad rows went to quarantine.`;
  const leftOut = summary.leftOut === 0 ? '' : ` ${summary.leftOut} later rows were left out.`;
  return (
    `${tenant}: ${summary.rows} rows, ${summary.events} events of ${summary.customers} customers, ` +
    `${summary.firstDay} to ${summary.lastDay}.${leftOut}${bad}`
  );
}
