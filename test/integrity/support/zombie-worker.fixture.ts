import { createLogger } from '@bellwether/runtime';
import { startKafkaProxy } from '../../../packages/kafka/src/kafka-proxy.fixture.ts';
import { openServersBackend } from '../../../services/cli/src/backend/open-servers-backend.ts';
import { readSettings } from '../../../services/cli/src/config/read-settings.ts';
import { createEngine } from '../../../services/cli/src/engine.ts';
import { type News, type Order, StandStill } from './stand-still.ts';

/**
 * A process of the scoring service as `start --service scoring` runs it, but for the points where its parent makes it
 * stand still, to stop it there and to let it go on when others have long taken over. It reaches Kafka through a proxy
 * of its own, which stands still with it.
 */
const tell = (news: News): void => void process.send?.(news);
const points = new StandStill(tell);
process.on('message', (order: Order) => points.obey(order));

const { settings } = readSettings(process.env);
const logger = createLogger({ name: 'zombie', level: settings.logLevel });
const proxy = await startKafkaProxy(settings.kafkaBrokers[0] ?? '');
proxy.gate = points.gate;
const services = ['scoring'] as const;
const backend = await openServersBackend(
  { ...settings, kafkaBrokers: [proxy.address] },
  { services, logger },
);
const engine = createEngine(
  { ...backend, log: points.log(backend.log), store: points.store(backend.store) },
  { services, onRetry: (_topology, _partition, { code }) => tell({ kind: 'takes-over-again', code }) },
);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const running = engine.run(stop.signal);
tell({ kind: 'ready' });
await running;
await engine.close();
await proxy.close();
process.disconnect?.();
