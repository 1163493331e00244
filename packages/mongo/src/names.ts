import { StreamError } from '@bellwether/stream';

const NAME = /^[a-z][a-z0-9-]{0,99}$/;

/**
 * The name of a collection, as the code gives it. Names never come from a user; they are checked all the same.
 * @throws StreamError `refused` when the name is not lower-case letters, digits and hyphens (at most 100)
 */
export function collectionName(name: string): string {
  if (NAME.test(name)) return name;
  throw new StreamError('refused', `"${name}" is no name for a collection: use a-z, 0-9 and hyphens.`);
}
