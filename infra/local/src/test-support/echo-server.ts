import type { ServerPlace, ServerProgram } from '../server.ts';

/** Answers like a registry, from a folder named on its command line as every server's is. */
const ANSWERING = `require('node:http').createServer((_, reply) => reply.end('[]')).listen(process.argv[2], '127.0.0.1')`;

/** A server program of one line, which starts in no time. */
export function echoServer(script = ANSWERING): ServerProgram {
  return {
    kind: 'registry',
    name: 'Echo',
    version: '1',
    url: ({ ports }: ServerPlace) => `http://127.0.0.1:${ports[0]}`,
    prepare: async (place) => ({
      program: process.execPath,
      parameters: ['-e', script, place.folder, String(place.ports[0])],
      workingFolder: place.folder,
    }),
  };
}
