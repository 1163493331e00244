import type { ComponentChildren } from 'preact';
import { asBand, bandWord } from '../lib/bands.ts';

/** Patterns that every drawing may refer to: `url(#hatch)` is what is not known. */
export function Patterns() {
  return (
    <svg width="0" height="0" class="patterns" aria-hidden="true">
      <defs>
        <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" class="hatch-ground" />
          <rect width="1.5" height="4" class="hatch-line" />
        </pattern>
      </defs>
    </svg>
  );
}

const SHAPES: Record<string, string> = {
  healthy: 'M6 1.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6z',
  'needs-attention': 'M6 .9L11.1 6L6 11.1L.9 6z',
  'at-risk': 'M6 1.2L11.4 10.6H.6z',
  'not-scorable': 'M1.5 1.5h9v9h-9z',
};

/** Shape of a health band: circle, diamond, triangle; a hatched square where unknown; outlined where uncertain. */
export function BandShape(props: { readonly band: string; readonly uncertain?: boolean }) {
  const band = asBand(props.band);
  return (
    <svg
      class={`shape band-${band} ${props.uncertain ? 'outlined' : ''}`}
      viewBox="0 0 12 12"
      width="12"
      height="12"
      aria-hidden="true"
    >
      <path d={SHAPES[band]} />
    </svg>
  );
}

/** A health band as shape and word; `uncertain` says that missing data could put it elsewhere. */
export function BandMark(props: { readonly band: string; readonly uncertain?: boolean }) {
  const uncertain = props.uncertain === true && asBand(props.band) !== 'not-scorable';
  return (
    <span
      class="band-mark"
      title={uncertain ? 'Uncertain: what is missing could put this customer in another band' : undefined}
    >
      <BandShape band={props.band} uncertain={uncertain} />
      <span>{bandWord(asBand(props.band))}</span>
      {uncertain && <span class="sr">, uncertain</span>}
    </span>
  );
}

/** Something that is not known: the word and the hatched mark, never a zero. `why` is read on hover. */
export function Unknown(props: { readonly why?: string | undefined; readonly word?: string }) {
  return (
    <span class="band-mark unknown" title={props.why}>
      <BandShape band="not-scorable" />
      <span>{props.word ?? 'Unknown'}</span>
    </span>
  );
}

const TRENDS = {
  up: ['M2 9L9 2M4 2h5v5', 'rising'],
  down: ['M2 2L9 9M9 4v5H4', 'falling'],
  flat: ['M1 5.5h9M7 2.5l3 3l-3 3', 'steady'],
} as const;

/** Direction of a score over the last weeks: an arrow, with its word for screen readers. */
export function TrendMark(props: { readonly trend: 'up' | 'flat' | 'down' | 'unknown' }) {
  if (props.trend === 'unknown') return <span class="sr">trend unknown</span>;
  const [path, word] = TRENDS[props.trend];
  return (
    <span class={`trend trend-${props.trend}`} title={word}>
      <svg viewBox="0 0 11 11" width="11" height="11" aria-hidden="true">
        <path d={path} />
      </svg>
      <span class="sr">{word}</span>
    </span>
  );
}

const SEVERITY_BARS = { high: 3, medium: 2, low: 1 } as const;

/** Severity as one to three bars and its word. */
export function SeverityMark(props: { readonly severity: 'high' | 'medium' | 'low' }) {
  const bars = SEVERITY_BARS[props.severity];
  return (
    <span class={`severity severity-${props.severity}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {[0, 1, 2].map((index) => (
          <rect
            key={index}
            class={index < bars ? 'on' : 'off'}
            x={index * 4}
            y={8 - index * 3.5}
            width="3"
            height={4 + index * 3.5}
          />
        ))}
      </svg>
      <span>{props.severity.charAt(0).toUpperCase() + props.severity.slice(1)}</span>
    </span>
  );
}

/** A small word in a frame. */
export function Tag(props: { readonly children: ComponentChildren; readonly title?: string | undefined }) {
  return (
    <span class="tag" title={props.title}>
      {props.children}
    </span>
  );
}
