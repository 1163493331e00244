import type { Overview } from '../../../../src/api/schemas.ts';
import { BANDS } from '../../lib/bands.ts';
import { count, percent } from '../../lib/format.ts';
import { hrefOf } from '../../lib/router.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { BandMark } from '../../parts/marks.tsx';
import { Live, Money } from '../../parts/values.tsx';

/** Customers and value in each band; each row leads to its customers. */
export function BandTable(props: { readonly data: Overview }) {
  const tenant = useTenant();
  const { bands, currency, totalMinor } = props.data;
  return (
    <table class="table">
      <caption class="sr">Customers and value by health band</caption>
      <thead>
        <tr>
          <th scope="col">Band</th>
          <th scope="col" class="number">
            Customers
          </th>
          <th scope="col" class="number">
            Value, {currency}
          </th>
          <th scope="col" class="number">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {BANDS.map((band) => (
          <tr key={band}>
            <th scope="row">
              <a href={hrefOf(tenant.tenant, 'customers', { band })}>
                <BandMark band={band} />
              </a>
            </th>
            <td class="number">
              <Live of={band} value={bands[band].count}>
                {count(bands[band].count)}
              </Live>
            </td>
            <td class="number">
              <Live of={band} value={bands[band].valueMinor}>
                <Money valueMinor={bands[band].valueMinor} currency={currency} />
              </Live>
            </td>
            <td class="number">
              {percent(totalMinor > 0 ? (bands[band].valueMinor / totalMinor) * 100 : 0)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
