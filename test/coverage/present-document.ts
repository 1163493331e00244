import { coverageDocument } from './coverage-document.ts';
import { findCitations, OWN_FOLDER } from './find-citations.ts';
import { REQUIREMENTS } from './requirements.ts';

/** How the document is written anew. */
export const WRITE_COMMAND = 'npm run coverage';

/** The document as it has to be now. */
export function presentDocument(): string {
  return coverageDocument(REQUIREMENTS, findCitations(), { folder: OWN_FOLDER, command: WRITE_COMMAND });
}
