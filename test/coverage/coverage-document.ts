import { basename } from 'node:path/posix';
import type { Citations } from './find-citations.ts';
import { type Requirement, type RequirementNumber, type Standing, standingOf } from './requirement.ts';

/** Below which the endpoints of the table lie. */
export const API_BASE = '/v1/tenants/{tenant}';
const MOST_CODE = 3;
const MOST_TESTS = 2;

const SECTIONS = [
  ['S', 'Scores, classes, metrics and events'],
  ['D', 'Definitions'],
  ['N', 'Beyond other systems'],
] as const;

const HEAD = `# What is demanded, and where it is met

Made from the table in the folder [requirements]({folder}) and from what code and tests cite, by
\`{command}\`; a test fails while it is not up to date, and for every number that
is done without code, a test, and a topic, an endpoint or a page that shows it.

The last column names topics and kinds of change on \`customer-changes\`, and endpoints (\`GET\`) below
\`${API_BASE}\`.`;

/** The document: what became of every requirement, with links from \`docs/\`. */
export function coverageDocument(
  requirements: readonly Requirement[],
  citationsOf: (number: RequirementNumber) => Citations,
  { folder, command }: { readonly folder: string; readonly command: string },
): string {
  const counts = (['done', 'open', 'later'] as const)
    .map((standing) => `${withStanding(requirements, standing).length} ${standing}`)
    .join(', ');
  const tables = SECTIONS.flatMap(([letter, title]) => [
    `## ${title} (${letter})`,
    '',
    '| number | what | code | test | shown by |',
    '|---|---|---|---|---|',
    ...requirements
      .filter(({ number }) => number.startsWith(letter))
      .map((requirement) => rowOf(requirement, citationsOf(requirement.number))),
    '',
  ]);
  return [
    HEAD.replace('{folder}', `../${folder}`).replace('{command}', command),
    '',
    `**${requirements.length} numbers: ${counts}.**`,
    '',
    ...tables,
    '## Open',
    '',
    ...withStanding(requirements, 'open').map(({ number, open }) => `- ${number}: ${open}.`),
    '',
    '## Left for later',
    '',
    ...laterByName(requirements),
    '',
  ].join('\n');
}

function withStanding(requirements: readonly Requirement[], standing: Standing): readonly Requirement[] {
  return requirements.filter((requirement) => standingOf(requirement) === standing);
}

/** One line for each thing that is left, with its numbers. */
function laterByName(requirements: readonly Requirement[]): readonly string[] {
  const groups = Map.groupBy(withStanding(requirements, 'later'), ({ later = '' }) => later.split(':')[0]);
  return [...groups].map(
    ([name, members]) => `- **${name}**: ${members.map(({ number }) => number).join(', ')}`,
  );
}

function rowOf(requirement: Requirement, { code, test }: Citations): string {
  const { number, what, open, later, topics = [], endpoints = [], documents = [] } = requirement;
  const shown = [
    ...(open === undefined ? [] : [`**open:** ${open}`]),
    ...(later === undefined ? [] : [`*later:* ${later}`]),
    ...[...topics, ...endpoints].map((name) => `\`${name}\``),
    ...documents.map(linkTo),
  ];
  const cells = [number, what, links(code, MOST_CODE), links(test, MOST_TESTS), shown.join('<br>')];
  return `| ${cells.join(' | ')} |`;
}

function links(paths: readonly string[], most: number): string {
  return paths.slice(0, most).map(linkTo).join('<br>');
}

/** Files of many folders have one name: a README is told by its folder. */
function linkTo(path: string): string {
  const name = basename(path) === 'README.md' ? path : basename(path);
  return `[${name}](../${path})`;
}
