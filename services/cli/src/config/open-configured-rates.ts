import { openRates, type RatesFile } from '@bellwether/ingest';
import { OperatorError } from '@bellwether/runtime';
import { SETTINGS, type Settings } from './settings.ts';

/**
 * The file of exchange rates that the settings name (D23); undefined where they name none.
 * @throws OperatorError where it cannot be used
 */
export function openConfiguredRates(
  { exchangeRates }: Pick<Settings, 'exchangeRates'>,
  onRefusal: (refusal: OperatorError) => void,
): RatesFile | undefined {
  if (exchangeRates === undefined) return undefined;
  try {
    return openRates(exchangeRates, { onRefusal });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const remedy = `${SETTINGS.exchangeRates.name} names this file: put it right, or name another one.`;
    throw new OperatorError(`${error.message} ${remedy}`);
  }
}
