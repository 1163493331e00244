import { describe, expect, it } from 'vitest';
import { EventLoopTurns } from './event-loop-turns.ts';

describe('turns of the event loop', () => {
  it('let timers run between any two of them, however many wait', async () => {
    const turns = new EventLoopTurns();
    let fired = 0;
    const timer = setInterval(() => {
      fired += 1;
    }, 1);
    const busy = async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        await turns.next();
        const end = performance.now() + 2;
        while (performance.now() < end);
      }
    };
    await Promise.all([busy(), busy(), busy()]);
    clearInterval(timer);
    // 15 turns of 2 ms each with a timer due in all of them; handed out together, it would have fired 5 times.
    expect(fired).toBeGreaterThan(10);
  });

  it('come in the order they were asked for', async () => {
    const turns = new EventLoopTurns();
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((n) => turns.next().then(() => order.push(n))));
    expect(order).toEqual([1, 2, 3]);
  });
});
