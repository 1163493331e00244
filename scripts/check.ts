/** `npm run check`: types, format, lint and the architecture guards; a matter of seconds, for every commit. */
import { runChecks } from './support/run-checks.ts';
import { runTier } from './support/run-tier.ts';
import { addTallies, formatTally } from './support/tally.ts';

const tally = addTallies([await runChecks(), await runTier('architecture')]);
console.log(`\n${formatTally(tally)}`);
process.exitCode = tally.failed > 0 ? 1 : 0;
