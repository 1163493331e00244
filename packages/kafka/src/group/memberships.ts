/** What a consumer group knows this process by. */
export interface Member {
  readonly memberId: string;
  readonly generationId: number;
  readonly partitions: readonly number[];
}

/** The consumer groups that this process is a member of, by group and topic. */
export class Memberships {
  readonly #members = new Map<string, Member>();

  of(group: string, topic: string): Member | undefined {
    return this.#members.get(`${group}/${topic}`);
  }

  set(group: string, topic: string, member: Member | undefined): void {
    if (member) this.#members.set(`${group}/${topic}`, member);
    else this.#members.delete(`${group}/${topic}`);
  }
}
