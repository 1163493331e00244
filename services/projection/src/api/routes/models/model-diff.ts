import {
  alertOf,
  type ChosenPack,
  type ComparedCustomer,
  compareModels,
  crosses,
  differenceOf,
  type PortfolioRow,
} from '@bellwether/domain';
import Type from 'typebox';
import { COLLECTIONS, MANY_CUSTOMERS } from '../../../collections.ts';
import { readModelChoice } from '../../../read/read-model-choice.ts';
import type { ComparedHealth, CustomerShadows } from '../../../steps/fold-shadows.ts';
import { ModelDiffReport, ModelDiffRow } from '../../model-schemas.ts';
import { ProblemError } from '../../problem.ts';
import { choice } from '../../query.ts';
import { listReport } from '../reports/list-report.ts';
import { nameOf, type Portfolio } from '../reports/portfolio.ts';

/** A customer of the tenant; `isCompared`: the two models score it. */
interface Found extends ComparedCustomer {
  readonly isCompared: boolean;
}

/** What a model that is tried would change, and for whom (N6). */
export const modelDiff = listReport({
  name: 'model-diff',
  address: '/v1/tenants/:tenant/models/diff',
  summary:
    'What a model that is tried would change: bands, value, alerts; who, the greatest value first (N6)',
  parameters: {
    shadow: Type.String({ maxLength: 100, description: 'id of the model pack that is tried' }),
    show: Type.Optional(
      choice(['changed', 'all'], '`changed` if not given: who is in another band or gains or loses an alert'),
    ),
  },
  answer: ModelDiffReport,
  item: ModelDiffRow,
  find: async (portfolio, { shadow: id, show = 'changed' }) => {
    const { pack, size } = await triedPack(portfolio, id);
    const customers = await compareCustomers(portfolio, pack);
    const { id: _id, version } = pack;
    const head = {
      shadowModel: { id, version, size },
      compared: customers.filter(({ isCompared }) => isCompared).length,
      ...compareModels(customers),
    };
    const isShown = (customer: Found) =>
      show === 'all' ? customer.isCompared : crosses(customer) || alertOf(customer) !== null;
    return { head, found: customers.filter(isShown) };
  },
  order: [({ valueMinor }) => -(valueMinor ?? Number.MIN_SAFE_INTEGER)],
  idOf: ({ customerId }) => customerId,
  present: (customer, portfolio) => {
    const { customerId, valueMinor, live, shadow } = customer;
    return {
      customerId,
      name: nameOf(portfolio, customerId),
      valueMinor,
      liveHealthHundredths: live.valueHundredths,
      liveBand: live.band,
      shadowHealthHundredths: shadow.valueHundredths,
      shadowBand: shadow.band,
      differenceHundredths: differenceOf(customer),
      crosses: crosses(customer),
      alert: alertOf(customer),
    };
  },
});

async function triedPack({ deps, view }: Portfolio, id: string): Promise<ChosenPack> {
  const { shadows } = await readModelChoice(deps.readModels, view.tenant);
  const shadow = shadows.find(({ pack }) => pack.id === id);
  if (shadow !== undefined) return shadow;
  const tried = shadows.map(({ pack }) => pack.id).join(', ');
  throw new ProblemError(404, 'unknown-shadow', {
    detail: `No model ${id} is tried for ${view.tenant}: ${tried === '' ? 'none is' : `tried are ${tried}`}.`,
  });
}

/** Every customer by both models; whom the two score alike, or who was not looked at yet, by the one that counts. */
async function compareCustomers(
  { deps, view, rows }: Portfolio,
  pack: { readonly id: string; readonly version: string },
): Promise<readonly Found[]> {
  const query = { group: view.tenant, sort: [], limit: MANY_CUSTOMERS };
  const documents = await deps.readModels.find<CustomerShadows>(COLLECTIONS.shadows, query);
  const tried = new Map(documents.map(({ state }) => [state.customerId, state]));
  return rows.map((row): Found => {
    const { customerId, valueMinor } = row;
    const { live, shadows = [] } = tried.get(customerId) ?? {};
    const shadow = shadows.find(({ id, version }) => id === pack.id && version === pack.version);
    if (!live || shadow === undefined) {
      const same = countingHealth(row);
      return { customerId, valueMinor, live: same, shadow: same, isCompared: false };
    }
    return { customerId, valueMinor, live, shadow, isCompared: true };
  });
}

/** Health as published last; whether it is flagged does not matter where nothing is compared. */
function countingHealth({
  healthHundredths,
  healthBand,
}: PortfolioRow): Pick<ComparedHealth, 'valueHundredths' | 'band' | 'atRisk'> {
  return { valueHundredths: healthHundredths, band: healthBand ?? 'not-scorable', atRisk: false };
}
