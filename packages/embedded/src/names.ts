import { StreamError } from '@bellwether/stream';

const NAME = /^[a-z][a-z0-9-]{0,99}$/;

/**
 * Quoted name of the table `<kind>:<name>`. Names come from the code, never from a user; they are checked all the same
 * because a table name is the one thing that cannot be a parameter.
 * @throws StreamError `refused` when the name is not lower-case letters, digits and hyphens (at most 100)
 */
export function tableName(kind: 'log' | 'documents' | 'entries', name: string, partition?: number): string {
  if (!NAME.test(name)) {
    throw new StreamError(
      'refused',
      `"${name}" is no name for a topic or collection: use a-z, 0-9 and hyphens.`,
    );
  }
  return partition === undefined ? `"${kind}:${name}"` : `"${kind}:${name}/${partition}"`;
}
