/** A CloudEvent as a source would send it now. */
export interface SentEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: object;
}

let sent = 0;

/** A CloudEvent of this moment with an id of its own. */
export function cloudEvent(subject: string, type: string, data: object): SentEvent {
  sent += 1;
  const id = `e2e-${process.pid}-${Date.now()}-${sent}`;
  return { specversion: '1.0', id, source: '/crm', type, subject, time: new Date().toISOString(), data };
}
