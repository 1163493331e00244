// For mongosh, connected to a mongos: spreads every collection of the database over the shards by the hash of its id.
// Start the services once before, so that the collections are there; run it again when a release brings new ones.
//
//     mongosh "mongodb://mongos:27017/bellwether" infra/mongo/shard-collections.js

(() => {
  const { db, print, sh } = globalThis;

  for (const name of db.getCollectionNames()) {
    if (name.startsWith('system.')) continue;
    const namespace = `${db.getName()}.${name}`;
    if (db.getSiblingDB('config').getCollection('collections').findOne({ _id: namespace }) !== null) {
      print(`${name}: is spread already`);
      continue;
    }
    // Needed beforehand where the collection is not empty.
    db.getCollection(name).createIndex({ _id: 'hashed' });
    sh.shardCollection(namespace, { _id: 'hashed' });
    print(`${name}: spread by the hash of _id`);
  }
})();
