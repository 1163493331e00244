import { OperatorError } from './operator-error.ts';

/** What the environment holds; `process.env` is one, and only a main module reads it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How one setting is read from one environment variable. */
export interface Variable<Value> {
  readonly name: string;
  /** The text is never shown, not even when it is wrong. */
  readonly isSecret?: boolean;
  /** The value for the text of the variable (undefined: not set), or a fault in words: what is expected. */
  read(text: string | undefined): { readonly value: Value } | { readonly fault: string };
}

type ConfigOf<Variables> = {
  readonly [Key in keyof Variables]: Variables[Key] extends Variable<infer Value> ? Value : never;
};

/**
 * A frozen object with one value for each variable.
 * @throws OperatorError naming every variable that is wrong, not just the first.
 */
export function readConfig<const Variables extends Readonly<Record<string, Variable<unknown>>>>(
  env: Environment,
  variables: Variables,
): ConfigOf<Variables> {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [key, variable] of Object.entries(variables)) {
    const text = env[variable.name];
    const result = variable.read(text === '' ? undefined : text);
    if ('fault' in result) faults.push(describeFault(variable, text, result.fault));
    else values[key] = result.value;
  }
  if (faults.length > 0) throw new OperatorError(faults.join('\n'));
  return Object.freeze(values) as ConfigOf<Variables>;
}

function describeFault(
  { name, isSecret }: Variable<unknown>,
  text: string | undefined,
  expected: string,
): string {
  if (text === undefined || text === '') return `${name} must be set: ${expected}.`;
  return isSecret ? `${name} must be ${expected}.` : `${name} must be ${expected}, not "${text}".`;
}

/** Any text, `fallback` when not set; required without one. */
export function textVariable(name: string, options: { readonly fallback?: string } = {}): Variable<string> {
  return {
    name,
    read: (text) => {
      const value = text ?? options.fallback;
      return value === undefined ? { fault: 'a text' } : { value };
    },
  };
}

/** A whole number from `min` to `max`, both included; the name of the variable ends in its unit. */
export function integerVariable(
  name: string,
  options: { readonly min: number; readonly max: number; readonly fallback: number },
): Variable<number> {
  const expected = `a whole number from ${options.min} to ${options.max}`;
  return {
    name,
    read: (text) => {
      if (text === undefined) return { value: options.fallback };
      const value = Number(text);
      const inRange = /^-?\d{1,15}$/.test(text) && value >= options.min && value <= options.max;
      return inRange ? { value } : { fault: expected };
    },
  };
}

/** One of a closed list of words. */
export function choiceVariable<const Choice extends string>(
  name: string,
  options: { readonly choices: readonly Choice[]; readonly fallback: NoInfer<Choice> },
): Variable<Choice> {
  return {
    name,
    read: (text) => {
      if (text === undefined) return { value: options.fallback };
      const value = options.choices.find((choice) => choice === text);
      return value === undefined ? { fault: `one of ${options.choices.join(', ')}` } : { value };
    },
  };
}

/** `true` or `false`; false when not set. */
export function flagVariable(name: string): Variable<boolean> {
  return {
    name,
    read: (text) => {
      if (text === undefined || text === 'false') return { value: false };
      return text === 'true' ? { value: true } : { fault: 'true or false' };
    },
  };
}

/** A text that may be left out; undefined when not set. */
export function optionalVariable(name: string): Variable<string | undefined> {
  return { name, read: (text) => ({ value: text }) };
}

/** A text that is never shown: a password, an address with one in it. Undefined when not set. */
export function secretVariable(name: string): Variable<string | undefined> {
  return { ...optionalVariable(name), isSecret: true };
}

/** Texts separated by commas, at least one, each fitting `pattern`. */
export function listVariable(
  name: string,
  options: { readonly pattern: RegExp; readonly expected: string; readonly fallback: readonly string[] },
): Variable<readonly string[]> {
  return {
    name,
    read: (text) => {
      if (text === undefined) return { value: options.fallback };
      const items = text.split(',').map((item) => item.trim());
      return items.every((item) => options.pattern.test(item))
        ? { value: items }
        : { fault: options.expected };
    },
  };
}

/** A web address (http or https). */
export function urlVariable(name: string, options: { readonly fallback: string }): Variable<string> {
  return {
    name,
    read: (text) => {
      const value = text ?? options.fallback;
      const isUrl = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
      return isUrl ? { value } : { fault: 'an address that begins with http:// or https://' };
    },
  };
}
