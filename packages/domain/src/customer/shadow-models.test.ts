import { type CustomerEvent, DAY_MS, FEEDS, type FeedStatuses } from '@bellwether/events';
import { eventShapes } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelPack } from '../models/model-pack.ts';
import { CRM } from '../models/shipped/crm.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { MATTERMOST_2025 } from '../models/shipped/mattermost-2025.ts';
import { SHIPPED_MODELS, type SizedPack, type TenantModels, withPromoted } from '../models/tenant-models.ts';
import { CustomerCourse, isScoreChange } from './test-course.ts';
import { contextOn, day, given, versionsAt } from './test-support.ts';

const TODAY = day('2024-06-01');
const FRESH = Object.fromEntries(
  FEEDS.map((feed) => [feed, { status: 'fresh', lastDay: TODAY }]),
) as unknown as FeedStatuses;

/** A customer of a tenant whose models change: each change is told to it at once, as a review does. */
class Course extends CustomerCourse {
  #models: TenantModels;
  #contextVersion = 1;
  #itemVersions = versionsAt(1);
  #today = TODAY;
  #told = 0;

  constructor(models: TenantModels = SHIPPED_MODELS) {
    super();
    this.#models = models;
  }

  context() {
    const [contextVersion, itemVersions] = [this.#contextVersion, this.#itemVersions];
    const { feeds, models } = { feeds: FRESH, models: this.#models };
    return contextOn(this.#today, { feeds, models, contextVersion, itemVersions });
  }

  choose(models: TenantModels): void {
    const version = this.#contextVersion + 1;
    const isCounting = models.live !== this.#models.live || models.bySize !== this.#models.bySize;
    this.#contextVersion = version;
    this.#itemVersions = {
      ...this.#itemVersions,
      shadows: version,
      ...(isCounting ? { models: version } : {}),
    };
    this.#models = models;
    this.begin(this.context());
  }

  pass(days: number): void {
    for (let passed = 0; passed < days; passed++) {
      this.#today += 1;
      this.begin(this.context());
    }
  }

  /** Something that happened `daysAgo`, told now. */
  tell(make: (when: number) => CustomerEvent, daysAgo = 0): void {
    this.#told += 1;
    const event = { ...make(this.#today - daysAgo), id: `e${this.#told}`, receivedAt: this.#today * DAY_MS };
    this.take(event, this.context());
  }

  get health() {
    return this.state?.published.health ?? null;
  }
  get shadows() {
    return this.state?.published.shadows;
  }
}

const trying = (models: TenantModels, ...shadows: readonly SizedPack[]): TenantModels => ({
  ...models,
  shadows,
});
const login = (when: number) => given('activity.feature-used', when, { data: { feature: 'reports' } });
const profile =
  (data: { readonly employees?: number; readonly annualRevenueMinor?: number }) => (when: number) =>
    given('customer.profile', when, { data });
const FOR_ALL: SizedPack = { pack: CRM, size: null };

/** Somebody of whom both models know enough: in use, with an agreement, a sponsor, a satisfied answer, a won deal. */
function begin(course: Course): void {
  course.tell(profile({ employees: 60, annualRevenueMinor: 1_000_000_000 }), 40);
  const contact = { contactId: 'p', hasEmail: true, isSponsor: true };
  course.tell((when) => given('contact.created', when, { data: contact }), 40);
  const won = { opportunityId: 'o', amountMinor: 5_000_000 };
  course.tell((when) => given('opportunity.won', when, { data: won }), 40);
  const agreement = { agreementId: 'A', agreementType: 'MSA', perpetual: true } as const;
  course.tell((when) => given('agreement.created', when, { data: agreement }), 40);
  const answer = { score: 5, scaleMin: 1, scaleMax: 5 };
  course.tell((when) => given('feedback.csat', when, { data: answer }), 10);
  for (let ago = 70; ago >= 3; ago -= 3) course.tell(login, ago);
}

describe('a model that is tried (N6)', () => {
  it('scores beside the one that counts, with nothing told on the topics of scores', () => {
    const [plain, tried] = [new Course(), new Course(trying(SHIPPED_MODELS, FOR_ALL))];
    for (const course of [plain, tried]) {
      begin(course);
      course.pass(40);
    }
    expect(JSON.stringify(tried.changes)).toBe(JSON.stringify(plain.changes));
    expect(tried.shadows?.map(({ id, version, health }) => [id, version, health.model.id])).toEqual([
      ['crm', CRM.version, 'crm'],
    ]);
    const last = tried.shadowScores.at(-1);
    expect(last?.live?.health.value).toBe(tried.health?.valueHundredths);
    expect(last?.shadows[0]?.health.value).toBe(tried.shadows?.[0]?.health.valueHundredths);
    expect(last?.live?.health.value).not.toBe(last?.shadows[0]?.health.value);
  });

  it('costs a tenant that tries nothing not a byte', () => {
    const course = new Course();
    begin(course);
    expect(Object.keys(course.state?.published ?? {})).not.toContain('shadows');
    expect(course.shadowScores).toEqual([]);
  });

  it('is told of once more, as none, when it is withdrawn', () => {
    const course = new Course(trying(SHIPPED_MODELS, FOR_ALL));
    begin(course);
    const told = course.changes.length;
    course.choose(SHIPPED_MODELS);
    expect(course.shadowScores.at(-1)?.shadows).toEqual([]);
    expect(Object.keys(course.state?.published ?? {})).not.toContain('shadows');
    expect(course.changes).toHaveLength(told);
  });

  it('has its own hysteresis: flagged at risk by one model and not by the other', () => {
    const course = new Course(trying(SHIPPED_MODELS, { pack: CRM, size: null }));
    begin(course);
    const seen = new Set<string>();
    for (let passed = 0; passed < 100; passed++) {
      course.pass(1);
      seen.add(`${course.health?.atRisk}, ${course.shadows?.[0]?.health.atRisk}`);
    }
    expect([...seen]).toEqual(['false, false', 'true, false', 'true, true']);
  });
});

describe('a model that is promoted (N6)', () => {
  it('goes on where its shadow stood, byte for byte, as if it had counted from the start', () => {
    const [shadowed, promoted] = [new Course(trying(SHIPPED_MODELS, FOR_ALL)), new Course({ live: CRM })];
    for (const course of [shadowed, promoted]) {
      begin(course);
      course.pass(50);
    }
    expect(JSON.stringify(shadowed.shadows?.[0]?.health)).toBe(JSON.stringify(promoted.health));
    shadowed.choose({ live: CRM });
    expect(JSON.stringify(shadowed.health)).toBe(JSON.stringify(promoted.health));
    for (const course of [shadowed, promoted]) {
      course.tell(login);
      course.pass(30);
    }
    expect(JSON.stringify(shadowed.health)).toBe(JSON.stringify(promoted.health));
  });

  it('tells the step from one model to the other as a model change whose reasons add up (N13, N1)', () => {
    const course = new Course(trying(SHIPPED_MODELS, FOR_ALL));
    begin(course);
    course.pass(2);
    const before = course.health?.valueHundredths ?? 0;
    course.choose({ live: CRM });
    const change = course.changes.at(-1);
    const health = change?.changes.filter(isScoreChange).find(({ score }) => score === 'health');
    expect([change?.cause, health?.previous, health?.value]).toEqual([
      'model-change',
      before,
      course.health?.valueHundredths,
    ]);
    const sum = health?.reasons.reduce((total, { contribution }) => total + contribution, 0);
    expect(sum).toBe(health?.delta);
    expect(health?.reasons.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('not weighed by crm 1.0.0'),
    );
    course.tell(login);
    expect(course.changes.at(-1)?.cause).toBe('new-data');
  });

  it('is rolled back by the pack before, which is told the same way', () => {
    const course = new Course(trying(SHIPPED_MODELS, FOR_ALL));
    begin(course);
    course.choose({ live: CRM });
    course.choose(SHIPPED_MODELS);
    expect(course.health?.model.id).toBe('cs-framework');
    expect(course.changes.at(-1)?.cause).toBe('model-change');
  });

  it('is no model change for whoever only gets a model that is tried (N13)', () => {
    const course = new Course();
    begin(course);
    const told = course.changes.length;
    course.choose(trying(SHIPPED_MODELS, FOR_ALL));
    expect(course.changes).toHaveLength(told);
    expect(course.shadowScores.at(-1)?.cause).toBe('reference-change');
  });
});

describe('a pack for customers of one size (S55)', () => {
  const models: TenantModels = { live: CS_FRAMEWORK, bySize: { enterprise: CRM } };

  it('scores those, and nobody else', () => {
    const [small, large] = [new Course(models), new Course(models)];
    for (const course of [small, large]) begin(course);
    large.tell(profile({ employees: 4_000 }));
    expect([small.health?.model.id, large.health?.model.id]).toEqual(['cs-framework', 'crm']);
  });

  it('is tried with those alone: for the others nothing is kept', () => {
    const size = 'enterprise';
    const course = new Course(trying(SHIPPED_MODELS, { pack: CRM, size }));
    begin(course);
    expect(course.shadows).toBeUndefined();
    course.tell(profile({ employees: 4_000 }));
    expect(course.shadows?.map(({ id }) => id)).toEqual(['crm']);
  });
});

type Make = (when: number) => CustomerEvent;
const happenings: fc.Arbitrary<readonly (readonly [Make, number, number])[]> = fc.array(
  fc.tuple(
    eventShapes.map(
      ({ type, data }): Make =>
        (when) =>
          given(type, when, { data } as never) as CustomerEvent,
    ),
    fc.integer({ min: 0, max: 60 }),
    fc.constantFrom(0, 0, 1, 3, 30),
  ),
  { minLength: 1, maxLength: 12 },
);
const PACKS: readonly ModelPack[] = [CS_FRAMEWORK, CRM, MATTERMOST_2025];
const shadows = fc.record({
  pack: fc.constantFrom(...PACKS),
  size: fc.constantFrom(null, null, 'small', 'medium', 'enterprise'),
});
const bases: fc.Arbitrary<TenantModels> = fc.record(
  {
    live: fc.constantFrom(...PACKS),
    bySize: fc.constantFrom({ enterprise: MATTERMOST_2025 }, { small: CRM }),
  },
  { requiredKeys: ['live'] },
);

describe('shadow equals promoted (N6)', () => {
  it('whatever happens before, while the model is tried, and after', () => {
    fc.assert(
      fc.property(
        fc.tuple(happenings, happenings, happenings),
        bases,
        shadows,
        ([before, during, then], models, shadow) => {
          const [tried, counting] = [new Course(models), new Course(models)];
          const both = (steps: typeof before) => {
            for (const [make, daysAgo, days] of steps) {
              for (const course of [tried, counting]) {
                course.tell(make, daysAgo);
                course.pass(days);
              }
            }
          };
          both(before);
          tried.choose(trying(models, shadow));
          counting.choose(withPromoted(models, shadow));
          both(during);
          tried.choose(withPromoted(models, shadow));
          expect(JSON.stringify(tried.health)).toBe(JSON.stringify(counting.health));
          both(then);
          expect(JSON.stringify(tried.health)).toBe(JSON.stringify(counting.health));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('and the step to it adds up, whatever was published before (N1)', () => {
    fc.assert(
      fc.property(happenings, bases, shadows, (events, models, shadow) => {
        const course = new Course(trying(models, shadow));
        for (const [make, daysAgo, days] of events) {
          course.tell(make, daysAgo);
          course.pass(days);
        }
        const told = course.changes.length;
        course.choose(withPromoted(models, shadow));
        for (const change of course.changes
          .slice(told)
          .flatMap(({ changes }) => changes.filter(isScoreChange))) {
          if (change.value === null) continue;
          const sum = change.reasons.reduce((total, { contribution }) => total + contribution, 0);
          expect(sum).toBe(change.delta ?? change.value);
          expect(change.reasons.map(({ text }) => text).filter((text) => text.trim() === '')).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });
});
