import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOST } from '../ports.ts';
import type { ServerPlace, ServerProgram } from '../server.ts';
import { bringFolder, PROJECT } from '../tools/cache.ts';
import { verifyFolder } from '../tools/checksums.ts';
import { findJava } from '../tools/find-java.ts';
import { runTool } from '../tools/run-tool.ts';
import { SINGLE_BROKER_SETTINGS } from './kafka-settings.ts';
import { fetchWithMaven, findMaven } from './maven.ts';
import { availabilityOf, type Supply, type Workshop } from './supply.ts';

/** Also written in `infra/local/kafka/pom.xml`. */
const VERSION = '4.1.1';
const NAME = 'Kafka';
const SOURCE = join(PROJECT, 'infra', 'local', 'kafka');
/** Any will do: a broker alone is its own cluster. */
const CLUSTER_ID = '4L6g3nShT-eMCtK--X86sw';

/** The official broker from Maven, one process for broker and controller. */
export function kafkaSupply({ env, cache }: Workshop): Supply {
  const folder = join(cache, `kafka-${VERSION}`);
  return {
    kind: 'kafka',
    name: NAME,
    version: async () => VERSION,
    check: () =>
      availabilityOf(async () => {
        await findJava(env);
        if (existsSync(folder)) return { state: 'here' };
        findMaven(env);
        return { state: 'obtainable', effort: '43 MB are fetched first' };
      }),
    bring: async (tell) => {
      const java = await findJava(env);
      await bringFolder(folder, async (draft) => {
        tell(`Fetching Kafka ${VERSION} with Maven (43 MB, once)…`);
        const pom = join(SOURCE, 'pom.xml');
        await fetchWithMaven(env, { pom, goal: 'dependency:copy-dependencies', folder: draft, name: NAME });
        await verifyFolder(draft, join(SOURCE, 'checksums.sha256'));
      });
      return createProgram(java, folder);
    },
  };
}

function createProgram(java: string, libraries: string): ServerProgram {
  const classPath = ['-cp', join(libraries, '*')];
  return {
    kind: 'kafka',
    name: NAME,
    version: VERSION,
    url: ({ ports }) => `${HOST}:${ports[0]}`,
    prepare: async (place) => {
      const settings = join(place.folder, 'server.properties');
      await writeFile(settings, serverProperties(place));
      if (!existsSync(join(dataFolder(place), 'meta.properties'))) {
        const quick = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
        const format = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', settings];
        await runTool({
          program: java,
          parameters: [...quick, ...classPath, ...format],
          purpose: `The data folder of Kafka, ${dataFolder(place)}, could not be made`,
        });
      }
      const memory = ['-Xms256m', '-Xmx512m'];
      const logging = [
        '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
        '-Dorg.slf4j.simpleLogger.showDateTime=true',
      ];
      return {
        program: java,
        parameters: [...memory, ...logging, ...classPath, 'kafka.Kafka', settings],
        workingFolder: place.folder,
      };
    },
  };
}

function dataFolder(place: ServerPlace): string {
  return join(place.folder, 'data');
}

function serverProperties(place: ServerPlace): string {
  const [port, controllerPort] = place.ports;
  const settings = {
    ...SINGLE_BROKER_SETTINGS,
    'controller.quorum.voters': `1@${HOST}:${controllerPort}`,
    listeners: `PLAINTEXT://${HOST}:${port},CONTROLLER://${HOST}:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://${HOST}:${port}`,
    'log.dirs': dataFolder(place),
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
