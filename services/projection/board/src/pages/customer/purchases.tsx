import type { CustomerDetail } from '../../../../src/api/schemas.ts';
import { count, plural } from '../../lib/format.ts';
import { longDay } from '../../lib/time.ts';
import { Figure, Panel } from '../../parts/panel.tsx';
import { Money } from '../../parts/values.tsx';

/** Recency, frequency and money as raw values (S27). */
export function Purchases(props: { readonly customer: CustomerDetail }) {
  const { rfm, currency } = props.customer;
  if (rfm.transactions === 0) {
    return (
      <Panel title="Recency, frequency, money">
        <p class="grey">No payment is known.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Recency, frequency, money">
      <dl class="figures figures-pairs">
        <Figure
          name="Last purchase"
          remark={rfm.lastPurchaseDate ? longDay(rfm.lastPurchaseDate) : undefined}
        >
          {rfm.daysSinceLast === null ? 'unknown' : `${count(rfm.daysSinceLast)} d ago`}
        </Figure>
        <Figure name="Purchase days" remark={`${count(rfm.frequency)} of them repeats`}>
          {count(rfm.transactions)}
        </Figure>
        <Figure name="In the last 365 d" remark={plural(rfm.frequency365, 'purchase day')}>
          <Money valueMinor={rfm.monetary365Minor} currency={currency} unit />
        </Figure>
        <Figure
          name="Paid in total"
          remark={rfm.firstPurchaseDate ? `since ${longDay(rfm.firstPurchaseDate)}` : undefined}
        >
          <Money valueMinor={rfm.paidMinor} currency={currency} unit />
        </Figure>
        <Figure
          name="First to last purchase"
          remark={rfm.ageDays === null ? undefined : `known for ${count(rfm.ageDays)} d`}
        >
          {rfm.recencyDays === null ? 'unknown' : `${count(rfm.recencyDays)} d`}
        </Figure>
      </dl>
    </Panel>
  );
}
