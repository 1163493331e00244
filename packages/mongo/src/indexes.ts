/** An index as MongoDB's `createIndexes` takes it. */
export interface IndexDescription {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly partialFilterExpression?: Readonly<Record<string, { readonly $exists: true }>>;
}

/** Documents without the field take no place in the index, and writing them does not touch it. */
function only(field: string): Pick<IndexDescription, 'partialFilterExpression'> {
  return { partialFilterExpression: { [field]: { $exists: true } } };
}

/** What a collection of documents is found by, besides `_id`. `infra/mongo` repeats this list for operators. */
export const DOCUMENT_INDEXES: readonly IndexDescription[] = [
  { name: 'open', key: { partition: 1, appliedOffset: 1 } },
  {
    name: 'due',
    key: { partition: 1, 'index.group': 1, 'index.dueDay': 1, 'index.slot': 1 },
    ...only('index.dueDay'),
  },
  {
    name: 'context',
    key: { partition: 1, 'index.group': 1, 'index.contextVersion': 1, 'index.slot': 1 },
    ...only('index.contextVersion'),
  },
  { name: 'top', key: { 'index.group': 1, 'index.rank': -1, _id: 1 }, ...only('index.rank') },
  { name: 'group', key: { 'index.group': 1, _id: 1 }, ...only('index.group') },
];

/** What a collection of entries is found by. */
export const ENTRY_INDEXES: readonly IndexDescription[] = [
  { name: 'newest', key: { group: 1, order: -1, _id: -1 } },
];
