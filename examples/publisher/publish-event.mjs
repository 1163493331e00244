/** Publishes one event as a CRM would: a customer has signed an agreement. */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Kafka, logLevel, Partitioners } from 'kafkajs';

const { values: options } = parseArgs({
  options: {
    brokers: { type: 'string', default: '127.0.0.1:29092' },
    prefix: { type: 'string', default: 'bellwether' },
    tenant: { type: 'string', default: 'acme' },
    customer: { type: 'string', default: 'customer-1' },
    agreement: { type: 'string', default: 'msa-1' },
    value: { type: 'string', default: '1200000' },
  },
});

const event = {
  specversion: '1.0',
  id: randomUUID(), // sent again with the same id, it counts once
  source: '/crm/example',
  type: 'agreement.created',
  subject: options.customer,
  time: new Date().toISOString(),
  data: {
    agreementId: options.agreement,
    agreementType: 'MSA',
    valueMinor: Number(options.value),
    currency: 'USD',
  },
};

const kafka = new Kafka({ brokers: options.brokers.split(','), logLevel: logLevel.ERROR });
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
await producer.connect();
await producer.send({
  topic: `${options.prefix}.source-crm`,
  messages: [
    {
      key: `${options.tenant}|${options.customer}`, // one order for each customer
      headers: { 'content-type': 'application/cloudevents+json' },
      value: JSON.stringify(event),
    },
  ],
});
await producer.disconnect();
console.log(`Published ${event.type} ${event.id} of ${options.customer}.`);
