import { existsSync, readFileSync } from 'node:fs';
import { type Environment, OperatorError, readConfig, readYaml } from '@bellwether/runtime';
import { SETTINGS, type Settings } from './settings.ts';

/** Read from the working folder unless BELLWETHER_CONFIG names another one. */
export const CONFIG_FILE = 'bellwether.yaml';
const PREFIX = 'BELLWETHER_';
/** Variables that say where to look and are no settings, and those of the tests. */
const OTHER_VARIABLES = /^BELLWETHER_(?:CONFIG|CACHE|SEED|RUNS|KILLS|SCHEDULES|MINUTES|TEST_\w+)$/;

/** A setting as it came to be. */
export interface SettingOrigin {
  readonly variable: string;
  /** What stood there; undefined where the default holds. */
  readonly text: string | undefined;
  readonly from: 'environment' | 'file' | 'default';
  readonly isSecret: boolean;
}

/** Settings with where each came from. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly origins: readonly SettingOrigin[];
}

/**
 * The settings from the environment, then from the configuration file, then the defaults.
 * @throws OperatorError that names every fault: values that are wrong, and names that do not exist
 */
export function readSettings(env: Environment): ReadSettings {
  const file = readFile(env);
  const known = new Set<string>(Object.values(SETTINGS).map(({ name }) => name));
  const faults: string[] = [];
  for (const name of Object.keys(env)) {
    if (name.startsWith(PREFIX) && !known.has(name) && !OTHER_VARIABLES.test(name)) {
      faults.push(`${name} is no setting: \`bellwether config\` lists what can be set.`);
    }
  }
  for (const name of Object.keys(file.values)) {
    if (!known.has(name)) {
      faults.push(
        `${settingName(name)} in ${file.path} is no setting: \`bellwether config\` lists what can be set.`,
      );
    }
  }
  const merged = { ...file.values, ...withoutUndefined(env) };
  const settings = attempt(faults, () => readConfig(merged, SETTINGS) as Settings);
  if (settings) faults.push(...contradictions(settings));
  if (settings === undefined || faults.length > 0) throw new OperatorError(faults.join('\n'));
  const origins = Object.values(SETTINGS).map((variable): SettingOrigin => {
    const from = env[variable.name] ? 'environment' : file.values[variable.name] ? 'file' : 'default';
    const isSecret = 'isSecret' in variable && variable.isSecret === true;
    return { variable: variable.name, text: merged[variable.name], from, isSecret };
  });
  return { settings, origins };
}

/** Settings that are right one by one, but not together. */
function contradictions(settings: Settings): string[] {
  const { kafkaSaslMechanism, kafkaSaslUsername, kafkaSaslPassword } = settings;
  if (kafkaSaslMechanism === 'none' || (kafkaSaslUsername && kafkaSaslPassword)) return [];
  return [
    `BELLWETHER_KAFKA_SASL_MECHANISM is ${kafkaSaslMechanism}, so BELLWETHER_KAFKA_SASL_USERNAME and ` +
      'BELLWETHER_KAFKA_SASL_PASSWORD must be set.',
  ];
}

/** `BELLWETHER_KAFKA_BROKERS` as the file names it: `kafka_brokers`, or nested at any of its underscores. */
function settingName(variable: string): string {
  return variable.slice(PREFIX.length).toLowerCase();
}

function attempt<T>(faults: string[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    faults.push(error.message);
    return undefined;
  }
}

function withoutUndefined(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function readFile(env: Environment): { readonly path: string; readonly values: Record<string, string> } {
  const path = env.BELLWETHER_CONFIG ?? CONFIG_FILE;
  if (!existsSync(path)) {
    if (env.BELLWETHER_CONFIG === undefined) return { path, values: {} };
    throw new OperatorError(`BELLWETHER_CONFIG names ${path}, which does not exist.`);
  }
  const read = readYaml(readFileSync(path, 'utf8'));
  if (!read.ok) {
    const faults = read.faults.map((fault) => `${fault.path}: expected ${fault.expected}, got ${fault.got}`);
    throw new OperatorError(`${path} is no YAML that can be read: ${faults.join('; ')}`);
  }
  const values: Record<string, string> = {};
  flatten(read.content ?? {}, PREFIX.slice(0, -1), values);
  return { path, values };
}

function flatten(value: unknown, name: string, into: Record<string, string>): void {
  if (Array.isArray(value)) into[name] = value.join(',');
  else if (typeof value === 'object' && value !== null) {
    for (const [key, nested] of Object.entries(value)) {
      const part = key.replace(/([a-z])([A-Z])/g, '$1_$2').replaceAll('-', '_');
      flatten(nested, `${name}_${part.toUpperCase()}`, into);
    }
  } else if (value !== null && value !== undefined) into[name] = String(value);
}
