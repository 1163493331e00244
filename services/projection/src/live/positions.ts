/** Topics that the stream carries, with the letter that stands for each in a position. */
export const LIVE_TOPICS = { c: 'customer-changes', a: 'alerts' } as const;
export type LiveTopic = (typeof LIVE_TOPICS)[keyof typeof LIVE_TOPICS];

/** Offset of the next record by `<letter><partition>`. */
export type Positions = ReadonlyMap<string, number>;

const STEP = /^([ca]\d{1,4})-(\d{1,15})$/;

/** Name of a topic's partition in positions. */
export function laneOf(topic: LiveTopic, partition: number): string {
  return `${topic === 'alerts' ? 'a' : 'c'}${partition}`;
}

/** The topic and partition that a lane stands for. */
export function topicOf(lane: string): { readonly topic: LiveTopic; readonly partition: number } {
  return { topic: lane.startsWith('a') ? 'alerts' : 'customer-changes', partition: Number(lane.slice(1)) };
}

/** Text of positions, `c0-17.a0-4`: the id of an event of the stream, opaque to clients. */
export function encodePositions(positions: Positions): string {
  return Array.from(positions, ([lane, offset]) => `${lane}-${offset}`).join('.');
}

/** The positions that a text stands for; undefined when it is none. */
export function decodePositions(text: string): Positions | undefined {
  if (text.length > 4_000) return undefined;
  const positions = new Map<string, number>();
  for (const step of text.split('.')) {
    const match = STEP.exec(step);
    if (!match?.[1] || !match[2]) return undefined;
    positions.set(match[1], Number(match[2]));
  }
  return positions;
}
