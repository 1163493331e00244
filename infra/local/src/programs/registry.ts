import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HOST } from '../ports.ts';
import type { ServerProgram } from '../server.ts';
import { bringFolder, PROJECT } from '../tools/cache.ts';
import { verifyFolder } from '../tools/checksums.ts';
import { findJava } from '../tools/find-java.ts';
import { runTool } from '../tools/run-tool.ts';
import { fetchWithMaven, findMaven } from './maven.ts';
import { availabilityOf, type Supply, type Workshop } from './supply.ts';

/** Also written in `infra/local/registry/pom.xml`. */
const VERSION = '2.6.13.Final';
const NAME = 'Apicurio Registry';
const SOURCE = join(PROJECT, 'infra', 'local', 'registry');

/** Apicurio from Maven, with its schemas in a file, so that they outlive a kill. */
export function registrySupply({ env, cache }: Workshop): Supply {
  const folder = join(cache, `apicurio-registry-${VERSION}`);
  return {
    kind: 'registry',
    name: NAME,
    version: async () => VERSION,
    check: () =>
      availabilityOf(async () => {
        await findJava(env);
        if (existsSync(folder)) return { state: 'here' };
        findMaven(env);
        return { state: 'obtainable', effort: '142 MB are fetched first' };
      }),
    bring: async (tell) => {
      const java = await findJava(env);
      await bringFolder(folder, async (draft) => {
        tell(`Fetching Apicurio Registry ${VERSION} with Maven (142 MB, once)…`);
        const pom = join(SOURCE, 'pom.xml');
        await fetchWithMaven(env, { pom, goal: 'dependency:copy', folder: draft, name: NAME });
        await verifyFolder(draft, join(SOURCE, 'checksums.sha256'));
        const archive = join(draft, `apicurio-registry-app-${VERSION}-all.tar.gz`);
        await runTool({
          program: 'tar',
          parameters: ['-xzf', archive, '-C', draft],
          purpose: 'The archive of the registry could not be unpacked',
        });
        await rm(archive);
      });
      return createProgram(java, folder);
    },
  };
}

function createProgram(java: string, folder: string): ServerProgram {
  return {
    kind: 'registry',
    name: NAME,
    version: VERSION,
    url: ({ ports }) => `http://${HOST}:${ports[0]}/apis/ccompat/v7`,
    prepare: async (place) => {
      // By default its database is in memory. H2 is to write when a change is committed, not half a second later.
      const database = `jdbc:h2:file:${join(place.folder, 'schemas')};WRITE_DELAY=0`;
      const memory = ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
      const settings = [
        `-Dquarkus.http.host=${HOST}`,
        `-Dquarkus.http.port=${place.ports[0]}`,
        `-Dquarkus.datasource.jdbc.url=${database}`,
        '-Dquarkus.log.level=WARN',
      ];
      return {
        program: java,
        parameters: [
          ...memory,
          ...settings,
          '-jar',
          join(folder, `apicurio-registry-app-${VERSION}-runner.jar`),
        ],
        workingFolder: place.folder,
      };
    },
  };
}
