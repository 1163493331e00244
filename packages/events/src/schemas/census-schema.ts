import Type from 'typebox';
import type { CensusRecord } from '../census.ts';
import { EpochMs, Id } from '../ids.ts';
import { CENSUS_SCHEMA } from './control-schemas.ts';
import { describes } from './shapes.ts';

/** The value of a record on `portfolio-findings`. */
export const CENSUS_RECORD_SCHEMA = describes<CensusRecord>()(
  Type.Object(
    {
      kind: Type.Literal('census'),
      tenant: Id,
      census: CENSUS_SCHEMA,
      historical: Type.Boolean(),
      receivedAt: EpochMs,
    },
    { title: 'CensusRecord', description: 'What a portfolio came to as a day began.' },
  ),
);
