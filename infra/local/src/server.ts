/** What a server is for; also the name of its folder and its log file. */
export type ServerKind = 'kafka' | 'registry' | 'mongodb';

/** In the order in which they are named to people. */
export const SERVER_KINDS: readonly ServerKind[] = ['kafka', 'registry', 'mongodb'];

/** A server that was started, with everything a fault test does to one. Its address stays the same all the time. */
export interface ServerHandle {
  readonly kind: ServerKind;
  /** The program, as people call it: `Kafka`, `Apicurio Registry`, `MongoDB`, `secantusd-rs`. */
  readonly name: string;
  readonly version: string;
  /** `host:port` for Kafka, the base URL of the Confluent-compatible API for the registry, a `mongodb://` URI. */
  readonly url: string;
  /** Stops its processes where they are (SIGSTOP): connections stay open, nothing is answered. */
  pause(): Promise<void>;
  /** Lets a paused server go on (SIGCONT). */
  resume(): Promise<void>;
  /** SIGKILL; resolves when it is gone. Its data folder stays. */
  kill(): Promise<void>;
  /** Starts it again on the same data and address, stopping it in order first where it still runs. */
  restart(): Promise<void>;
  /** Stops it in order, and by force where that takes too long. Resolves when it is gone. */
  stop(): Promise<void>;
  /**
   * Its processes on this machine, of which it can be asked what they use; none while it is down. Missing where they
   * cannot be known: in a container, behind an address.
   */
  processIds?(): readonly number[];
}

/** Where a server keeps its data and listens. */
export interface ServerPlace {
  /** Folder of its data, of its settings and of its log; every command line names it. */
  readonly folder: string;
  /** The first is the one that clients use; all on 127.0.0.1. */
  readonly ports: readonly number[];
}

/** A command line. */
export interface ServerCommand {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly workingFolder: string;
}

/** A server program that is on this machine and can be started. */
export interface ServerProgram {
  readonly kind: ServerKind;
  readonly name: string;
  readonly version: string;
  /** Makes the data folder ready, which may have been used before, and says how the server is started on it. */
  prepare(place: ServerPlace): Promise<ServerCommand>;
  /** Address for clients, in the form that `ServerHandle.url` has. */
  url(place: ServerPlace): string;
}

/** Takes one line about what is going on; for people. */
export type Tell = (line: string) => void;
