export {
  backgroundStatus,
  DEFAULT_SITE,
  type ServerStatus,
  type Site,
  startBackgroundServers,
  stopBackgroundServers,
} from './background-servers.ts';
export { bringProgram, type PlannedServer, planLocalServer, startLocalServers } from './local-servers.ts';
export { findFreePorts } from './ports.ts';
export { answers, askVersion } from './process/probes.ts';
export { waitUntil } from './process/wait.ts';
export { SINGLE_BROKER_SETTINGS } from './programs/kafka-settings.ts';
export { SERVER_KINDS, type ServerHandle, type ServerKind, type Tell } from './server.ts';
