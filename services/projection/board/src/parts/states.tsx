import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ApiFailure } from '../lib/api.ts';
import type { Resource } from '../lib/resource.ts';
import { relativeInstant } from '../lib/time.ts';

/** What failed, what still holds, and what to do. */
export function Failure(props: {
  readonly what: string;
  readonly failure: ApiFailure;
  readonly holds?: string;
  readonly retry: () => void;
}) {
  return (
    <div class="notice notice-failure" role="alert">
      <p>
        <strong>{props.what} could not be loaded:</strong> {props.failure.message}.{' '}
        {props.holds && <span>{props.holds} </span>}
      </p>
      <button type="button" class="button" onClick={props.retry}>
        Try again
      </button>
    </div>
  );
}

/** A command that can be copied. */
export function Command(props: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(props.text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div class="command">
      <code>{props.text}</code>
      <button type="button" class="button" onClick={copy}>
        {copied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}

/** Nothing there yet, and how to change that. */
export function Empty(props: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{props.title}</p>
      {props.children}
    </div>
  );
}

/** How the first data get in. */
export function ImportHint(props: { readonly tenant: string }) {
  return (
    <>
      <p>Load a file, or post events to the API; what arrives shows here at once.</p>
      <Command text={`npm run bellwether -- import FILE --map MAP.yaml --tenant ${props.tenant}`} />
    </>
  );
}

/** An answer that comes within this time needs no word about the wait, which would only flicker. */
const PATIENCE_MS = 400;

/** True once `active` has lasted longer than a reader's patience. */
function useLong(active: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [active]);
  return active && long;
}

/**
 * A document of the server in each of its states: nothing yet, loading over the last numbers (dimmed, with their age),
 * failed with or without numbers that still hold, loaded.
 */
export function Loaded<T>(props: {
  readonly what: string;
  readonly resource: Resource<T>;
  readonly children: (data: T) => ComponentChildren;
}) {
  const { data, failure, loading, loadedAtMs, stale, reload } = props.resource;
  const waiting = useLong(loading && stale);
  if (data === null) {
    if (failure) return <Failure what={props.what} failure={failure} retry={reload} />;
    return (
      <p class="loading" aria-busy="true">
        Loading…
      </p>
    );
  }
  const age = relativeInstant(loadedAtMs, Date.now());
  return (
    <>
      {failure && (
        <Failure
          what={props.what}
          failure={failure}
          holds={`What you see is from ${age} and was right then.`}
          retry={reload}
        />
      )}
      <div class={waiting || (stale && failure) ? 'dimmed' : undefined} aria-busy={loading}>
        {waiting && <p class="age">Loading. These numbers are from {age}.</p>}
        {props.children(data)}
      </div>
    </>
  );
}
