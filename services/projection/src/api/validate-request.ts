import { type Fault, shown } from '@bellwether/events';
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { Convert } from 'typebox/value';
import { invalidRequest } from './problem.ts';

/**
 * Makes an instance check parameters, query and body with the same schemas that describe them. Queries are text, so
 * their numbers and truths are converted first; nothing else is changed and nothing unknown is let through.
 */
export function useValidation(app: FastifyInstance): void {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const validator = Compile(schema);
    const isText = httpPart === 'querystring';
    return (input: unknown) => {
      const value = isText ? fromText(schema, input) : input;
      if (validator.Check(value)) return { value };
      return { error: invalidRequest(faultsOf(validator, { schema, value, isText })) };
    };
  });
  app.setSerializerCompiler(() => JSON.stringify);
}

/** Numbers and truths of a query. A number that is none of the schema's, as 1.5 where whole ones are, stays text. */
function fromText(schema: TSchema, input: unknown): unknown {
  const told = Object.entries({ ...(input as object) });
  const converted = Convert(schema, input) as object;
  const kept = told.filter(([name, text]) => {
    const value = at(converted, `/${name}`);
    return typeof value === 'number' && Number(text) !== value;
  });
  return { ...converted, ...Object.fromEntries(kept) };
}

function faultsOf(
  validator: Validator,
  input: { readonly schema: TSchema; readonly value: unknown; readonly isText: boolean },
): readonly Fault[] {
  const { schema, value, isText } = input;
  const faults = new Map<string, Fault>();
  const add = (path: string, expected: string) => {
    const name = isText ? `?${path.slice(1)}` : path;
    faults.set(path, { path: name, expected, got: shown(at(value, path)) });
  };
  for (const error of validator.Errors(value)) {
    const params = error.params as Record<string, unknown>;
    if (error.keyword === 'additionalProperties') {
      const noun = isText ? 'no such query parameter' : 'no such field';
      for (const name of params.additionalProperties as string[]) add(`${error.instancePath}/${name}`, noun);
    } else if (error.keyword === 'required') {
      for (const name of params.requiredProperties as string[])
        add(`${error.instancePath}/${name}`, 'to be present');
    } else if (error.keyword === 'enum') {
      add(error.instancePath, `one of ${(params.allowedValues as unknown[]).join(', ')}`);
    } else if (!faults.has(error.instancePath)) {
      const words = error.keyword === 'pattern' ? wordsOf(schema, error.instancePath) : undefined;
      const expected = words ?? error.message.replace(/^must /, 'to ');
      add(error.instancePath === '' ? '/' : error.instancePath, expected);
    }
  }
  return [...faults.values()].slice(0, 20);
}

/** What the schema says in words of a text at a path; a regular expression is no answer to people. */
function wordsOf(schema: TSchema, path: string): string | undefined {
  let current: unknown = schema;
  for (const step of path.split('/').slice(1)) current = at(current, `/properties/${step}`);
  const words = at(current, '/description');
  return typeof words === 'string' ? words : undefined;
}

function at(value: unknown, path: string): unknown {
  let current = value;
  for (const step of path.split('/').slice(1)) {
    if (step === '') return current;
    if (typeof current !== 'object' || current === null) return undefined;
    current = Object.hasOwn(current, step) ? (current as Record<string, unknown>)[step] : undefined;
  }
  return current;
}
