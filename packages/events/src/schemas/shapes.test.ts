import Type from 'typebox';
import { expect, expectTypeOf, it } from 'vitest';
import type { Tally } from '../accounting.ts';
import { describes, isTagged, nullable, taggedInside } from './shapes.ts';

const counts = { ok: Type.Integer(), duplicate: Type.Integer(), quarantined: Type.Integer() };

it('a schema describes its type or does not compile', () => {
  const schema = Type.Object(counts);
  expect(describes<Tally>()(schema)).toBe(schema);
  // @ts-expect-error a field that the type has not
  describes<Tally>()(Type.Object({ ...counts, late: Type.Integer() }));
  // @ts-expect-error a field is missing
  describes<Tally & { readonly late: number }>()(schema);
  // @ts-expect-error an optional field is missing
  describes<Tally & { readonly late?: number }>()(schema);
  // @ts-expect-error a field is optional in one of them
  describes<Tally>()(Type.Object({ ...counts, ok: Type.Optional(Type.Integer()) }));
  // @ts-expect-error a field may be null in one of them
  describes<Tally>()(Type.Object({ ...counts, ok: nullable(Type.Integer()) }));
  // @ts-expect-error a word more
  describes<{ readonly level: 'low' }>()(Type.Object({ level: Type.Enum(['low', 'high']) }));
});

it('a value of several shapes names them by their tag', () => {
  const tick = Type.Object({ kind: Type.Literal('tick'), at: Type.Integer() }, { title: 'Tick' });
  const move = Type.Object({ kind: Type.Enum(['up', 'down']), by: Type.Integer() }, { title: 'Move' });
  const either = taggedInside('Either', 'kind', { tick, move });
  expectTypeOf<Type.Static<typeof either>>().toEqualTypeOf<
    Type.Static<typeof tick> | Type.Static<typeof move>
  >();
  expect(isTagged(either)).toBe(true);
  expect(isTagged(tick)).toBe(false);
  expect(either).toMatchObject({ tag: 'kind', branches: { tick: { tick }, move: { up: move, down: move } } });
  expect(() => taggedInside('Either', 'kind', { tick, none: Type.Object({}) })).toThrow(
    'Either none has no field kind',
  );
});
