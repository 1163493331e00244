interface Entry<T> {
  readonly atMs: number;
  readonly order: number;
  readonly item: T;
}

/** Items by time, earliest first; at one instant first in, first out (binary heap). */
export class TimeQueue<T> {
  private readonly heap: Entry<T>[] = [];
  private pushed = 0;

  get size(): number {
    return this.heap.length;
  }

  push(atMs: number, item: T): void {
    const entry = { atMs, order: this.pushed, item };
    this.pushed += 1;
    let at = this.heap.length;
    while (at > 0) {
      const above = this.heap[(at - 1) >> 1];
      if (above === undefined || isBefore(above, entry)) break;
      this.heap[at] = above;
      at = (at - 1) >> 1;
    }
    this.heap[at] = entry;
  }

  /** Takes the earliest item at or before `untilMs`; undefined where there is none. */
  takeUntil(untilMs: number): T | undefined {
    const first = this.heap[0];
    if (first === undefined || first.atMs > untilMs) return undefined;
    const last = this.heap.pop();
    if (last !== undefined && this.heap.length > 0) this.sink(last);
    return first.item;
  }

  private sink(entry: Entry<T>): void {
    let at = 0;
    for (;;) {
      const left = this.heap[2 * at + 1];
      const right = this.heap[2 * at + 2];
      const rightFirst = left !== undefined && right !== undefined && isBefore(right, left);
      const child = rightFirst ? right : left;
      if (child === undefined || isBefore(entry, child)) break;
      this.heap[at] = child;
      at = 2 * at + (rightFirst ? 2 : 1);
    }
    this.heap[at] = entry;
  }
}

function isBefore<T>(left: Entry<T>, right: Entry<T>): boolean {
  return left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order);
}
