/** Groups into which the free words of sources for a role are brought (S33). */
export type RoleGroup = 'executive' | 'commercial' | 'management' | 'technical' | 'user' | 'other';

/** The first group that has one of the role's words counts: a procurement manager is commercial. */
const WORDS: readonly (readonly [group: RoleGroup, words: readonly string[]])[] = [
  [
    'executive',
    ['ceo', 'cfo', 'chief', 'cio', 'coo', 'cto', 'executive', 'founder', 'owner', 'president', 'vp'],
  ],
  [
    'commercial',
    ['buyer', 'commercial', 'finance', 'legal', 'marketing', 'procurement', 'purchasing', 'sales'],
  ],
  ['management', ['director', 'head', 'lead', 'leader', 'management', 'manager']],
  [
    'technical',
    ['admin', 'administrator', 'analyst', 'architect', 'developer', 'engineer', 'it', 'technical'],
  ],
  ['user', ['user']],
];

/** The group of a role; a role that is not known or has no word of the list is `other`. */
export function roleGroupOf(role: string | undefined): RoleGroup {
  if (role === undefined) return 'other';
  const words = new Set(role.toLowerCase().split(/[^a-z]+/));
  return WORDS.find(([, known]) => known.some((word) => words.has(word)))?.[0] ?? 'other';
}
