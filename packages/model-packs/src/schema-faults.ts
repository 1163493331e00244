import type { ModelPack } from '@bellwether/domain';
import { type Fault, shown } from '@bellwether/events';
import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';
import { PACK_SCHEMA } from './pack-schema.ts';

const validator = Compile(PACK_SCHEMA);

/** True for what has the form of a pack; its parts may still contradict each other. */
export function isPack(content: unknown): content is ModelPack {
  return validator.Check(content);
}

/** More faults than anybody would read. */
const MOST_ERRORS = 200;

/** The library stops at eight for the whole process, which others rely on: so the limit is lifted for one check. */
function allErrors(content: unknown): ReturnType<typeof validator.Errors> {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: MOST_ERRORS });
  try {
    return validator.Errors(content);
  } finally {
    Settings.Set({ maxErrors });
  }
}

/** Where something has not the form of a pack, each place once. */
export function schemaFaults(content: unknown): readonly Fault[] {
  const faults = new Map<string, Fault>();
  const add = (pointer: string, expected: string): void => {
    const path = pathOf(pointer);
    if (!faults.has(path)) faults.set(path, { path, expected, got: shown(at(content, pointer)) });
  };
  for (const error of allErrors(content)) {
    const { instancePath } = error;
    if (error.keyword === 'required') {
      for (const name of error.params.requiredProperties) add(`${instancePath}/${name}`, 'to be present');
    } else if (error.keyword === 'additionalProperties') {
      for (const name of error.params.additionalProperties) add(`${instancePath}/${name}`, 'no such field');
    } else if (error.keyword === 'enum') {
      add(instancePath, `one of ${error.params.allowedValues.join(', ')}`);
    } else if (error.keyword === 'const') {
      add(instancePath, String(error.params.allowedValue));
    } else if (error.keyword === 'pattern') {
      add(instancePath, inWords(String(error.params.pattern)));
    } else if (error.keyword !== 'boolean') {
      add(
        instancePath,
        error.message.replace(/^must (not )?/, (_, not) => (not ? 'not to ' : 'to ')),
      );
    }
  }
  return [...faults.values()];
}

function inWords(pattern: string): string {
  return pattern.startsWith('^[a-z0-9]')
    ? 'a name in small letters, digits and hyphens'
    : 'a version of three numbers such as 1.0.0';
}

/** A place as people write it: `signals[0].curve[1]`. */
function pathOf(pointer: string): string {
  let path = '';
  for (const step of stepsOf(pointer)) {
    if (/^[0-9]+$/.test(step)) path += `[${step}]`;
    else path += path === '' ? step : `.${step}`;
  }
  return path === '' ? '/' : path;
}

function at(content: unknown, pointer: string): unknown {
  let value = content;
  for (const step of stepsOf(pointer)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}

function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
