import type { Accounting } from '../../../../src/api/schemas.ts';
import { count, plural } from '../../lib/format.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { Empty, ImportHint } from '../../parts/states.tsx';
import { Live } from '../../parts/values.tsx';

const PARTS = [
  ['scored', 'Scored', 'part-scored'],
  ['duplicate', 'Duplicate', 'part-duplicate'],
  ['quarantined', 'Quarantined', 'part-quarantined'],
  ['inFlight', 'In flight', 'part-flight'],
] as const;

const DIFFERENCE_HELP =
  'The counts are published a moment apart; if this stays, look at the log of the services.';

function Term(props: {
  readonly name: string;
  readonly value: number;
  readonly sign: string;
  readonly swatch?: string;
}) {
  return (
    <div class="figure" data-sign={props.sign}>
      <dt>
        {props.swatch && <span class={`swatch ${props.swatch}`} aria-hidden="true" />}
        {props.name}
      </dt>
      <dd class="figure-value">
        <Live of={props.name} value={props.value}>
          {count(props.value)}
        </Live>
      </dd>
    </div>
  );
}

function ShareBar(props: { readonly accounting: Accounting }) {
  const { accounting } = props;
  let left = 0;
  return (
    <svg class="coverage" width="100%" height="12" role="img" aria-label="Shares of what was accepted">
      {PARTS.map(([part, name, swatch]) => {
        const share = (accounting[part] / accounting.accepted) * 100;
        const x = left;
        left += share;
        if (accounting[part] === 0) return null;
        return (
          <rect
            key={part}
            class={swatch}
            x={`${Math.min(x, 99.4)}%`}
            width={`${Math.max(share, 0.6)}%`}
            y="0"
            height="12"
          >
            <title>{`${name}: ${count(accounting[part])}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

/** accepted = scored + duplicate + quarantined + in flight, with the check done before the reader's eyes. */
export function Identity(props: { readonly accounting: Accounting }) {
  const tenant = useTenant();
  const { accounting } = props;
  const difference = accounting.accepted - PARTS.reduce((total, [part]) => total + accounting[part], 0);
  if (accounting.accepted === 0) {
    return (
      <Empty title="Nothing has come in yet.">
        <ImportHint tenant={tenant.tenant} />
      </Empty>
    );
  }
  return (
    <>
      <dl class="accounting">
        <Term name="Accepted" value={accounting.accepted} sign="" />
        {PARTS.map(([part, name, swatch], index) => (
          <Term
            key={part}
            name={name}
            value={accounting[part]}
            sign={index === 0 ? '=' : '+'}
            swatch={swatch}
          />
        ))}
      </dl>
      <ShareBar accounting={accounting} />
      <p class={difference === 0 ? 'grey' : 'failed'}>
        {difference === 0
          ? 'It adds up: nothing is lost, nothing counted twice.'
          : `It differs by ${plural(Math.abs(difference), 'event')}. ${DIFFERENCE_HELP}`}
      </p>
    </>
  );
}
