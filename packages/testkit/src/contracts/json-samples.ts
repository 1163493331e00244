/**
 * JSON values that careless storage changes: each must come back exactly, in the same order of fields. Texts are well
 * formed Unicode; field names may have dots (ids do) but do not start with `$`.
 */
export const JSON_SAMPLES: readonly unknown[] = [
  null,
  true,
  '',
  'a\u0000b\n\t"\\\u007f',
  'Zoë Ñandú 東京 🧾 e\u0301 \u202e',
  0,
  -1,
  0.1,
  1e-7,
  1.7976931348623157e308,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  [],
  {},
  [[], [null, [1, [2, [3]]]]],
  { z: 1, a: { nothing: null, 'dotted.name': [true, false] }, 10: 'ten', 9: 'nine' },
  { constructor: 'c', toString: 't', valueOf: null },
];
