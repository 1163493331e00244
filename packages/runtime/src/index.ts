export * from './lifecycle.ts';
export * from './listen.ts';
export * from './logger.ts';
export * from './metrics.ts';
export * from './operator-error.ts';
export * from './read-config.ts';
export * from './run-main.ts';
export * from './stop-signal.ts';
