// For mongosh: creates the indexes that the services themselves create when they first use a collection. Needed only
// where they may not (a user without createIndex), or after a restore that left the indexes out.
//
//     mongosh "mongodb://host:27017/bellwether" infra/mongo/create-indexes.js

(() => {
  const { db, print } = globalThis;

  const DOCUMENTS = [
    { name: 'open', key: { partition: 1, appliedOffset: 1 } },
    {
      name: 'due',
      key: { partition: 1, 'index.group': 1, 'index.dueDay': 1, 'index.slot': 1 },
      partialFilterExpression: { 'index.dueDay': { $exists: true } },
    },
    {
      name: 'context',
      key: { partition: 1, 'index.group': 1, 'index.contextVersion': 1, 'index.slot': 1 },
      partialFilterExpression: { 'index.contextVersion': { $exists: true } },
    },
    {
      name: 'top',
      key: { 'index.group': 1, 'index.rank': -1, _id: 1 },
      partialFilterExpression: { 'index.rank': { $exists: true } },
    },
    {
      name: 'group',
      key: { 'index.group': 1, _id: 1 },
      partialFilterExpression: { 'index.group': { $exists: true } },
    },
  ];
  const ENTRIES = [{ name: 'newest', key: { group: 1, order: -1, _id: -1 } }];

  for (const name of db.getCollectionNames()) {
    if (name.startsWith('system.')) continue;
    const collection = db.getCollection(name);
    // Documents count their writes; entries are written once. Of an empty collection nobody can tell.
    const isDocuments = collection.findOne({ writeVersion: { $exists: true } }) !== null;
    const isEntries = collection.findOne({ order: { $exists: true } }) !== null;
    const indexes = isDocuments ? DOCUMENTS : isEntries ? ENTRIES : [];
    for (const { key, ...options } of indexes) collection.createIndex(key, options);
    print(`${name}: ${indexes.map((index) => index.name).join(', ') || 'empty, left as it is'}`);
  }
})();
