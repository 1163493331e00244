/** Every write counts once a majority of the servers has it in its journal; with less a crash could take it back. */
export const JOURNALED = { w: 'majority', journal: true } as const;
