import { BSON, type Collection, type Document, type Filter, type FindOptions } from 'mongodb';

/**
 * Documents of a collection as bytes, in the order of the cursor. Reading them apart tells how large each is, and gives
 * objects under names like `constructor` back, which the driver's own reading leaves as bytes.
 */
export async function readRows<Stored extends Document>(
  collection: Collection<Stored>,
  filter: Filter<Stored>,
  options: Omit<FindOptions, 'raw'> = {},
): Promise<Uint8Array[]> {
  return await collection.find<Uint8Array>(filter, { ...options, raw: true }).toArray();
}

/** The document in the bytes. */
export function fromBytes<Stored extends Document>(bytes: Uint8Array): Stored {
  return BSON.deserialize(bytes) as Stored;
}
