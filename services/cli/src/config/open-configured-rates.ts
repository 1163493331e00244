import { openRates, type RatesFile } from '@bellwether/ingest';
import type { OperatorError } from '@bellwether/runtime';
import type { Settings } from './settings.ts';

/**
 * The file of exchange rates that the settings name (D23); undefined where they name none.
 * @throws OperatorError where it cannot be used
 */
export function openConfiguredRates(
  { exchangeRates }: Pick<Settings, 'exchangeRates'>,
  onRefusal: (refusal: OperatorError) => void,
): RatesFile | undefined {
  return exchangeRates === undefined ? undefined : openRates(exchangeRates, { onRefusal });
}
