import type { Scene } from '../scene.ts';

const TOUCHES_PER_DAY = 0.022;
const CAMPAIGNS = ['spring-webinar', 'product-news', 'user-conference', 'benchmark-report'] as const;

/** Marketing touches of a day: they come whatever the customer's mood is. */
export function market(scene: Scene): void {
  if (scene.random.chance(TOUCHES_PER_DAY)) touch(scene, scene.workTime());
}

/** A campaign that reached the customer. */
export function touch(scene: Scene, atMs: number): void {
  const { random } = scene;
  const channel = random.pick(['mail', 'webinar', 'event', 'social']);
  scene.emit('marketing.touch', { channel, campaign: random.pick(CAMPAIGNS) }, { atMs });
}
