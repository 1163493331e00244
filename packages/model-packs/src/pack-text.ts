import type { ModelPack } from '@bellwether/domain';

/** Longest line that is written. */
const WIDTH = 110;

const HEAD = [
  '// Made from packages/model-packs/packs by `npm run model-packs`; change it there.',
  '// biome-ignore-all format: written as short as it can be read',
];

/** A pack as a module of the domain, which reads no files. */
export function packModule(pack: ModelPack): string {
  return [
    ...HEAD,
    "import type { ModelPack } from '../model-pack.ts';",
    '',
    `/** ${pack.title}, ${pack.version}. */`,
    `export const ${constantOf(pack.id)}: ModelPack = ${written(pack, '')};`,
    '',
  ].join('\n');
}

/** The module that knows all of them. */
export function packListModule(packs: readonly ModelPack[]): string {
  const imports = packs.map(({ id }) => ({
    id,
    line: `import { ${constantOf(id)} } from './shipped/${id}.ts';`,
  }));
  return [
    ...HEAD,
    "import type { ModelPack } from './model-pack.ts';",
    ...imports.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ line }) => line),
    '',
    '/** Every model that comes with the product; the first one is the default (D13). */',
    `export const SHIPPED_PACKS: readonly ModelPack[] = [${packs.map(({ id }) => constantOf(id)).join(', ')}];`,
    '',
  ].join('\n');
}

/** `cs-framework` as the name of a constant: `CS_FRAMEWORK`. */
function constantOf(id: string): string {
  return id.toUpperCase().replaceAll('-', '_');
}

/** A value on one line where it fits, else its parts, as many on a line as fit. */
function written(value: unknown, indent: string, taken = 0): string {
  const short = onOneLine(value);
  if (indent.length + taken + short.length <= WIDTH) return short;
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${filled(
      value.map((item) => written(item, inner)),
      inner,
    )}${indent}]`;
  if (typeof value !== 'object' || value === null) return short;
  const fields = Object.entries(value).map(([key, item]) => {
    const name = `${keyOf(key)}: `;
    return name + written(item, inner, name.length);
  });
  return `{\n${filled(fields, inner)}${indent}}`;
}

/** Parts one after the other; a part of several lines has its lines for itself. */
function filled(parts: readonly string[], indent: string): string {
  let text = '';
  let line = '';
  for (const part of parts) {
    const isLong = part.includes('\n') || indent.length + line.length + part.length > WIDTH;
    if (line !== '' && isLong) {
      text += `${indent}${line.trimEnd()}\n`;
      line = '';
    }
    line += `${part}, `;
    if (!part.includes('\n')) continue;
    text += `${indent}${line.trimEnd()}\n`;
    line = '';
  }
  return line === '' ? text : `${text}${indent}${line.trimEnd()}\n`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, item]) => `${keyOf(key)}: ${onOneLine(item)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function keyOf(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1);
  return text.includes("'") ? `"${inside}"` : `'${inside.replaceAll('\\"', '"')}'`;
}
