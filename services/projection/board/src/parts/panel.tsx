import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A titled part of a page. */
export function Panel(props: {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class={`panel ${props.class ?? ''}`} aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{props.title}</h2>
        {props.aside}
      </header>
      {props.children}
    </section>
  );
}

/** One number with its name above and a remark below. */
export function Figure(props: {
  readonly name: string;
  readonly children: ComponentChildren;
  readonly remark?: ComponentChildren;
}) {
  return (
    <div class="figure">
      <dt>{props.name}</dt>
      <dd class="figure-value">{props.children}</dd>
      {props.remark !== undefined && <dd class="figure-remark">{props.remark}</dd>}
    </div>
  );
}

/** Alternatives of which one is chosen. */
export function Choice<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <fieldset class="choice">
      <legend class="sr">{props.label}</legend>
      {props.options.map(([value, word]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === props.value}
          onClick={() => props.onChange(value)}
        >
          {word}
        </button>
      ))}
    </fieldset>
  );
}
