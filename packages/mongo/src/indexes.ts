/** An index as MongoDB's `createIndexes` takes it. */
export interface IndexDescription {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly partialFilterExpression?: Readonly<Record<string, { readonly $exists: true }>>;
}

/** What every collection of documents is found by, besides `_id`. */
export const FIRST_INDEX: IndexDescription = { name: 'open', key: { partition: 1, appliedOffset: 1 } };

/** What documents are found by that have the field in their `index`. */
export const INDEX_OF_FIELD = {
  dueDay: only('index.dueDay', {
    name: 'due',
    key: { partition: 1, 'index.group': 1, 'index.dueDay': 1, 'index.slot': 1 },
  }),
  contextVersion: only('index.contextVersion', {
    name: 'context',
    key: { partition: 1, 'index.group': 1, 'index.contextVersion': 1, 'index.slot': 1 },
  }),
  rank: only('index.rank', { name: 'top', key: { 'index.group': 1, 'index.rank': -1, _id: 1 } }),
  group: only('index.group', { name: 'group', key: { 'index.group': 1, _id: 1 } }),
} as const;

/** All indexes of documents. `infra/mongo` repeats this list for operators. */
export const DOCUMENT_INDEXES: readonly IndexDescription[] = [FIRST_INDEX, ...Object.values(INDEX_OF_FIELD)];

/** What a collection of entries is found by. */
export const ENTRY_INDEXES: readonly IndexDescription[] = [
  { name: 'newest', key: { group: 1, order: -1, _id: -1 } },
];

/** Documents without the field take no place in the index. */
function only(field: string, index: IndexDescription): IndexDescription {
  return { ...index, partialFilterExpression: { [field]: { $exists: true } } };
}
