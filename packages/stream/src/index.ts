export * from './errors.ts';
export * from './ports.ts';
export * from './topology.ts';
export * from './runner.ts';
