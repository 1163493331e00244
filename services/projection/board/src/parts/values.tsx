import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { exactMoney, shortMoney } from '../lib/format.ts';
import { useTenant, useTenantNow } from '../lib/tenant-context.ts';
import { exactInstant, longDay, relativeDay, relativeInstant } from '../lib/time.ts';
import { Unknown } from './marks.tsx';

/** Short money; the exact amount on hover and for screen readers. `unit` writes the currency behind it. */
export function Money(props: {
  readonly valueMinor: number | null;
  readonly currency: string;
  readonly unit?: boolean;
}) {
  if (props.valueMinor === null) return <Unknown why="No amount is known" />;
  const exact = exactMoney(props.valueMinor, props.currency);
  return (
    <data class="money" value={props.valueMinor} title={exact}>
      <span aria-hidden="true">
        {shortMoney(props.valueMinor, props.currency)}
        {props.unit && ` ${props.currency}`}
      </span>
      <span class="sr">{exact}</span>
    </data>
  );
}

/** A calendar day, relative to the tenant's present; the date on hover and for screen readers. */
export function RelativeDay(props: { readonly day: string }) {
  const now = useTenantNow();
  const exact = longDay(props.day);
  return (
    <time dateTime={props.day} title={exact}>
      {relativeDay(props.day, now.day)}
      <span class="sr">, {exact}</span>
    </time>
  );
}

/** An instant, relative to the tenant's present; exact on hover and for screen readers. */
export function RelativeTime(props: { readonly at: string }) {
  const tenant = useTenant();
  const now = useTenantNow();
  const exact = exactInstant(props.at, tenant.timeZone);
  return (
    <time dateTime={props.at} title={exact}>
      {relativeInstant(props.at, now.ms)}
      <span class="sr">, {exact}</span>
    </time>
  );
}

const MARKED_MS = 2_000;

/** Marks its content for two seconds when `value` changes while `of` (what it is a value of) stays the same. */
export function Live(props: {
  readonly of: string;
  readonly value: string | number | boolean | null;
  readonly children: ComponentChildren;
}) {
  const last = useRef({ of: props.of, value: props.value });
  const [marked, setMarked] = useState(false);
  useEffect(() => {
    const changed = last.current.of === props.of && last.current.value !== props.value;
    last.current = { of: props.of, value: props.value };
    if (!changed) return;
    setMarked(true);
    const timer = setTimeout(() => setMarked(false), MARKED_MS);
    return () => clearTimeout(timer);
  }, [props.of, props.value]);
  return <span class={marked ? 'live marked' : 'live'}>{props.children}</span>;
}
