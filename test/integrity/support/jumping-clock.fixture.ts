import { readFileSync } from 'node:fs';

/**
 * Loaded before a program (`node --import`): its wall clock is off by as many milliseconds as the file named by
 * `JUMPING_CLOCK` says at present. Its monotonic clock goes on as ever.
 */
const file = process.env.JUMPING_CLOCK ?? '';
const LOOK_MS = 50;
const trueNow = Date.now.bind(Date);
let offsetMs = 0;

setInterval(() => {
  offsetMs = Number(readFileSync(file, 'utf8'));
}, LOOK_MS).unref();

globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [trueNow() + offsetMs] : given, newTarget) as Date,
  get: (target, name, receiver) =>
    name === 'now' ? () => trueNow() + offsetMs : Reflect.get(target, name, receiver),
});
