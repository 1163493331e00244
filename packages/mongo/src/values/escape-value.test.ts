import type { StoredDocument } from '@bellwether/stream';
import fc from 'fast-check';
import { BSON } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { type BsonDocument, toBsonDocument, toStoredDocument } from '../store/bson-document.ts';
import { escapeValue, unescapeValue } from './escape-value.ts';
import { plainBytes } from './plain-value.ts';

const AWKWARD = [
  '$set',
  '$ref',
  '$id',
  '~',
  '~~',
  '~$',
  '_bsontype',
  '__proto__',
  'a.b',
  '.',
  '',
  'nul\0',
  '\ud800',
  'toJSON',
  'constructor',
  '10',
  '9',
  'é',
];

const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom(null, true, false, -0, 2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER, '\udc00', '~'),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary' })), tie('json')), {
        maxLength: 4,
      })
      .map((entries) => Object.fromEntries(entries)),
  ),
}));

const documentOf = (state: unknown): StoredDocument => ({
  id: 'a',
  partition: 0,
  writeVersion: 1,
  appliedOffset: 2 ** 40,
  pending: [{ offset: 1, outcome: 'ok', outputs: [{ output: 'changes', key: 'k', value: state }] }],
  index: { group: 'tenant', dueDay: null, rank: 2 ** 53 - 1 },
  state,
});

/** The document after BSON, which is what a server keeps. */
function stored(document: StoredDocument): StoredDocument {
  return toStoredDocument(BSON.deserialize(BSON.serialize(toBsonDocument(document).bson)) as BsonDocument);
}

describe('a stored document', () => {
  it('has the state and the pending outputs that were saved, byte for byte, whatever they are', () => {
    fc.assert(
      fc.property(json, (state) => {
        const document = documentOf(state);
        expect(JSON.stringify(stored(document))).toBe(JSON.stringify(document));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(AWKWARD)('keeps the name %j and the order of names', (name) => {
    const state = Object.fromEntries([
      ['z', 1],
      [name, { [name]: name }],
      ['a', null],
    ]);
    expect(JSON.stringify(stored(documentOf(state)).state)).toBe(JSON.stringify(state));
  });

  it('keeps what is nested deeper than MongoDB takes', () => {
    let state: unknown = { bottom: ['$x'] };
    for (let level = 0; level < 300; level += 1) state = level % 2 === 0 ? [state] : { $: state };
    const { bson } = toBsonDocument(documentOf(state));
    expect(depth(bson)).toBeLessThan(100);
    expect(JSON.stringify(stored(documentOf(state)).state)).toBe(JSON.stringify(state));
  });

  it('leaves out and rounds what JSON does, as every other store', () => {
    const state = { absent: undefined, list: [undefined, Number.NaN], at: new Date(0), infinite: -Infinity };
    expect(JSON.stringify(stored(documentOf(state)).state)).toBe(JSON.stringify(state));
  });

  it('shares a state of ordinary values: nothing is copied, nothing is marked', () => {
    const state = Object.freeze({ health: 80, 'dotted.name': ['é'], 7: { nothing: null } });
    const { bson, bytes } = toBsonDocument(documentOf(state));
    expect(bson.state).toBe(state);
    expect(bson).not.toHaveProperty('escaped');
    expect(Math.abs(bytes - BSON.calculateObjectSize(bson))).toBeLessThan(100);
  });

  it('is marked where something in it is not stored as it is', () => {
    const { bson } = toBsonDocument(documentOf({ $set: 1 }));
    expect(bson).toMatchObject({ escaped: true, state: { '~$set': 1 } });
  });
});

describe('an escaped value', () => {
  it('is plain itself but for the mark, and comes back from a value that looks escaped', () => {
    const value = { '~': 'text', '~$x': [{ '~': 1 }], $x: '\ud800' };
    expect(plainBytes(value)).toBeUndefined();
    expect(unescapeValue(escapeValue(value))).toEqual(value);
    expect(unescapeValue(escapeValue(escapeValue(value)))).toEqual(escapeValue(value));
  });
});

function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}
