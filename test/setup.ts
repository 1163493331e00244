import { configureGlobal } from 'fast-check';

/** Every property test draws from the one seed that the run printed; a failure prints it again with its path. */
configureGlobal({ seed: Number(process.env.BELLWETHER_SEED) });
