import type { CustomerDetail } from '../../../../src/api/schemas.ts';
import { bandWord } from '../../lib/bands.ts';
import { count, inTitle, points } from '../../lib/format.ts';
import { customerHref, hrefOf } from '../../lib/router.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { asProse, longDay } from '../../lib/time.ts';
import { BandMark, Tag, TrendMark, Unknown } from '../../parts/marks.tsx';
import { Figure } from '../../parts/panel.tsx';
import { Live, Money, RelativeDay, RelativeTime } from '../../parts/values.tsx';

function Identity(props: { readonly customer: CustomerDetail }) {
  const tenant = useTenant();
  const { customer } = props;
  return (
    <p class="identity grey">
      {customer.name !== null && <code>{customer.customerId}</code>}
      {customer.industry && <span>{customer.industry}</span>}
      {customer.owner && (
        <span>
          owned by{' '}
          <a class="plain" href={hrefOf(tenant.tenant, 'customers', { owner: customer.owner })}>
            {customer.owner}
          </a>
        </span>
      )}
      {customer.parentCustomerId && (
        <span>
          part of{' '}
          <a href={customerHref(tenant.tenant, customer.parentCustomerId)}>{customer.parentCustomerId}</a>
        </span>
      )}
      {customer.lastEventAt && (
        <span>
          last event <RelativeTime at={customer.lastEventAt} />
        </span>
      )}
    </p>
  );
}

function Score(props: { readonly customer: CustomerDetail }) {
  const { health, healthTrend } = props.customer;
  if (health.score === null) return <Unknown why="Too little is known to score this customer" />;
  return (
    <span class="score-and-trend">
      <Live of="score" value={health.score}>
        {points(health.score)}
      </Live>
      <TrendMark trend={healthTrend} />
    </span>
  );
}

/** Name, the sentence to say on the phone, and the five numbers that everything below explains. */
export function CustomerHead(props: { readonly customer: CustomerDetail }) {
  const { customer } = props;
  const { health } = customer;
  return (
    <>
      <div class="page-head customer-title">
        <h1>{customer.name ?? customer.customerId}</h1>
        <Live of="band" value={health.band}>
          <BandMark band={health.band} uncertain={health.uncertain} />
        </Live>
        {customer.msaOnly && <Tag title="Holds master agreements only">MSA only</Tag>}
      </div>
      <Identity customer={customer} />
      <p class="summary">{asProse(customer.summary)}</p>
      <dl class="figures figures-line">
        <Figure
          name="Health, of 100"
          remark={
            health.low !== null && health.high !== null && health.high - health.low >= 0.1
              ? `could be ${points(health.low)} to ${points(health.high)}`
              : undefined
          }
        >
          <Score customer={customer} />
        </Figure>
        <Figure name={`Value, ${customer.currency}`} remark={`rank ${count(customer.rank)}`}>
          <Live of="value" value={customer.valueMinor}>
            <Money valueMinor={customer.valueMinor} currency={customer.currency} />
          </Live>
        </Figure>
        <Figure
          name={`Active, ${customer.currency}`}
          remark={`${count(customer.activeAgreements)} of ${count(customer.agreements)} agreements`}
        >
          <Money valueMinor={customer.activeMinor} currency={customer.currency} />
        </Figure>
        <Figure
          name="Decide by"
          remark={customer.nextNoticeDate ? longDay(customer.nextNoticeDate) : 'nothing ahead'}
        >
          {customer.nextNoticeDate ? <RelativeDay day={customer.nextNoticeDate} /> : 'No date'}
        </Figure>
        <Figure name="Complexity" remark={complexityRemark(customer)}>
          {customer.complexity === null ? <Unknown /> : points(customer.complexity)}
        </Figure>
      </dl>
    </>
  );
}

function complexityRemark(customer: CustomerDetail): string | undefined {
  const parts = Object.entries(customer.complexityParts)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${inTitle(name)} ${points(value ?? 0)}`);
  return customer.complexityBand
    ? `${bandWord(customer.complexityBand)}${parts.length > 0 ? `: ${parts.join(', ').toLowerCase()}` : ''}`
    : undefined;
}
