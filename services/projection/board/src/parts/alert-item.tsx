import type { Alert } from '../../../src/api/schemas.ts';
import type { Sending } from '../lib/acknowledge.ts';
import { inTitle } from '../lib/format.ts';
import { customerHref, hrefOf } from '../lib/router.ts';
import { useTenant, useTenantNow } from '../lib/tenant-context.ts';
import { asProse } from '../lib/time.ts';
import { SeverityMark, Tag } from './marks.tsx';
import { Reasons } from './reasons.tsx';
import { Live, Money, RelativeDay, RelativeTime } from './values.tsx';

const STATE_WORDS = { raised: 'Open', acknowledged: 'Acknowledged', resolved: 'Resolved' } as const;

function StateLine(props: { readonly alert: Alert; readonly sending: Sending | undefined }) {
  const { alert, sending } = props;
  if (sending === 'sending') return <span class="grey">sending…</span>;
  if (alert.state === 'acknowledged' && alert.acknowledgedAt) {
    return (
      <span class="grey">
        Acknowledged by {alert.acknowledgedBy ?? 'someone'} <RelativeTime at={alert.acknowledgedAt} />
        {alert.note && `: “${alert.note}”`}
      </span>
    );
  }
  if (alert.state === 'resolved' && alert.resolvedAt) {
    return (
      <span class="grey">
        Resolved <RelativeTime at={alert.resolvedAt} />
      </span>
    );
  }
  return (
    <span class="grey">
      Raised <RelativeTime at={alert.raisedAt} />
    </span>
  );
}

function Act(props: {
  readonly alert: Alert;
  readonly sending: Sending | undefined;
  readonly acknowledge: () => void;
}) {
  const { alert, sending } = props;
  if (alert.state !== 'raised') return <Tag>{STATE_WORDS[alert.state]}</Tag>;
  return (
    <button type="button" class="button" disabled={sending === 'sending'} onClick={props.acknowledge}>
      {sending === 'sending' ? 'Sending…' : 'Acknowledge'}
      <span class="sr">: {alert.title}</span>
    </button>
  );
}

function Facts(props: { readonly alert: Alert }) {
  const now = useTenantNow();
  const { alert } = props;
  return (
    <dl class="alert-facts">
      <div>
        <dt>Value</dt>
        <dd>
          {alert.valueMinor === null ? (
            '–'
          ) : (
            <Money valueMinor={alert.valueMinor} currency={alert.currency} unit />
          )}
        </dd>
      </div>
      <div>
        <dt>{alert.dueDate !== null && alert.dueDate < now.day ? 'Was due' : 'Due'}</dt>
        <dd>{alert.dueDate ? <RelativeDay day={alert.dueDate} /> : 'no date'}</dd>
      </div>
    </dl>
  );
}

/** An alert with its reasons, so that no second page is needed to act on it. */
export function AlertItem(props: {
  readonly alert: Alert;
  readonly sending: Sending | undefined;
  readonly acknowledge: () => void;
  readonly withCustomer: boolean;
}) {
  const tenant = useTenant();
  const { alert, sending } = props;
  const isPortfolio = alert.customerId.startsWith('@');
  const page = alert.rule === 'source-silent' ? 'quarantine' : 'concentration';
  const href = isPortfolio ? hrefOf(tenant.tenant, page) : customerHref(tenant.tenant, alert.customerId);
  // A date by which to decide is in the title already.
  const reasons = alert.reasons.filter(
    ({ contribution, text }) => contribution !== 0 || text === '' || !alert.title.includes(text),
  );
  const Heading = props.withCustomer ? 'h2' : 'h3';
  return (
    <article
      class={`alert alert-${alert.state}`}
      data-row
      data-alert={alert.alertId}
      data-href={href}
      tabIndex={-1}
    >
      <div class="alert-main">
        <p class="alert-head">
          <SeverityMark severity={alert.severity} />
          <span class="grey">{inTitle(alert.rule)}</span>
          {alert.historical && <Tag title="From imported history">history</Tag>}
        </p>
        <Heading class="alert-title">
          <Live of={alert.alertId} value={alert.state}>
            {props.withCustomer && !isPortfolio && (
              <>
                <a href={href}>{alert.customerName ?? alert.customerId}</a>
                {': '}
              </>
            )}
            {asProse(alert.title)}
          </Live>
        </Heading>
        <Reasons reasons={reasons} unit={alert.rule === 'at-risk' ? 'hundredths' : 'none'} />
        {typeof sending === 'object' && (
          <p class="failed" role="alert">
            Not acknowledged: {sending.failed}. The alert is as it was; try again.
          </p>
        )}
      </div>
      <Facts alert={alert} />
      <div class="alert-act">
        <Act alert={alert} sending={sending} acknowledge={props.acknowledge} />
        <StateLine alert={alert} sending={sending} />
      </div>
    </article>
  );
}
