import {
  choiceVariable,
  flagVariable,
  integerVariable,
  listVariable,
  optionalVariable,
  secretVariable,
  textVariable,
  urlVariable,
  type Variable,
} from '@bellwether/runtime';

/**
 * Everything that can be set, by the variable of the environment that sets it. The configuration file has the same
 * names in small letters and nested: `kafka.brokers` is `BELLWETHER_KAFKA_BROKERS`.
 */
export const SETTINGS = {
  /** `embedded`: everything in one process on one file. `kafka`: Kafka, a schema registry and MongoDB. */
  backend: choiceVariable('BELLWETHER_BACKEND', { choices: ['embedded', 'kafka'], fallback: 'embedded' }),
  dataFolder: textVariable('BELLWETHER_DATA_FOLDER', { fallback: 'bellwether-data' }),
  /** CSV file of exchange rates, by which amounts in other currencies are converted: docs/currencies.md. */
  exchangeRates: optionalVariable('BELLWETHER_EXCHANGE_RATES'),
  /** Partitions of every topic that has a key, fixed when the topics are made; 0: 1 embedded, 6 on Kafka. */
  partitions: integerVariable('BELLWETHER_PARTITIONS', { min: 0, max: 1_024, fallback: 0 }),
  host: textVariable('BELLWETHER_HOST', { fallback: '127.0.0.1' }),
  /** Whoever reaches the address may do everything, so that it need not be this machine alone. */
  trustedNetwork: flagVariable('BELLWETHER_TRUSTED_NETWORK'),
  /** Not set: 8080, or the next free one. 0: any free one. */
  port: portVariable('BELLWETHER_PORT'),
  /** Begins the names of topics, consumer groups and transactional ids. */
  prefix: nameVariable('BELLWETHER_PREFIX', 'bellwether'),
  kafkaBrokers: listVariable('BELLWETHER_KAFKA_BROKERS', {
    pattern: /^[^\s:,]+:\d{1,5}$/,
    expected: 'brokers as host:port, separated by commas',
    fallback: ['127.0.0.1:9092'],
  }),
  kafkaTls: flagVariable('BELLWETHER_KAFKA_TLS'),
  kafkaSaslMechanism: choiceVariable('BELLWETHER_KAFKA_SASL_MECHANISM', {
    choices: ['none', 'plain', 'scram-sha-256', 'scram-sha-512'],
    fallback: 'none',
  }),
  kafkaSaslUsername: optionalVariable('BELLWETHER_KAFKA_SASL_USERNAME'),
  kafkaSaslPassword: secretVariable('BELLWETHER_KAFKA_SASL_PASSWORD'),
  /** Copies of every topic that is made; -1: as the broker is set. */
  kafkaReplication: integerVariable('BELLWETHER_KAFKA_REPLICATION', { min: -1, max: 9, fallback: -1 }),
  /** What consumers see while something fails: docs/consuming.md. */
  delivery: choiceVariable('BELLWETHER_DELIVERY', {
    choices: ['transactional', 'idempotent'],
    fallback: 'transactional',
  }),
  registryUrl: urlVariable('BELLWETHER_REGISTRY_URL', { fallback: 'http://127.0.0.1:8081' }),
  registryUsername: optionalVariable('BELLWETHER_REGISTRY_USERNAME'),
  registryPassword: secretVariable('BELLWETHER_REGISTRY_PASSWORD'),
  mongodbUri: mongodbVariable('BELLWETHER_MONGODB_URI', 'mongodb://127.0.0.1:27017'),
  mongodbDatabase: nameVariable('BELLWETHER_MONGODB_DATABASE', 'bellwether'),
  logLevel: choiceVariable('BELLWETHER_LOG_LEVEL', {
    choices: ['debug', 'info', 'warn', 'error'],
    fallback: 'warn',
  }),
} as const satisfies Readonly<Record<string, Variable<unknown>>>;

/** Values of all settings. */
export type Settings = {
  readonly [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name] extends Variable<infer Value>
    ? Value
    : never;
};

function portVariable(name: string): Variable<number | undefined> {
  const number = integerVariable(name, { min: 0, max: 65_535, fallback: 0 });
  return { name, read: (text) => (text === undefined ? { value: undefined } : number.read(text)) };
}

/** What becomes part of names of topics and databases. */
function nameVariable(name: string, fallback: string): Variable<string> {
  return {
    name,
    read: (text = fallback) =>
      /^[a-z][a-z0-9-]{0,40}$/.test(text)
        ? { value: text }
        : { fault: 'small letters, digits and hyphens, at most 41, beginning with a letter' },
  };
}

function mongodbVariable(name: string, fallback: string): Variable<string> {
  return {
    name,
    isSecret: true,
    read: (text = fallback) =>
      /^mongodb(?:\+srv)?:\/\/\S+$/.test(text)
        ? { value: text }
        : { fault: 'an address that begins with mongodb:// or mongodb+srv://' },
  };
}
