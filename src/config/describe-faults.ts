import { z } from 'zod';
import { AcknetError } from '../errors.js';
import { isSecretName } from '../masking/secrets/secret-name.js';
import { nearestName } from '../nearest-name.js';
import { count } from '../texts/count.js';
import { fileSchema } from './file-schema.js';

type Issue = z.core.$ZodIssue;

/** Each fault by its path, with what was expected and what was found. */
export function describeFaults(error: z.ZodError, input: unknown, kind: 'plain' | 'secret'): string[] {
  return error.issues.flatMap((issue) => {
    const at = issue.path.join('.') || '(top level)';
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey([...issue.path, key].join('.'), meant(key)));
    return [faultLine(at, expected(issue), shown(valueAt(input, issue.path), kind, at))];
  });
}

/** Behind the name of a secret and a colon, what is wrong would itself be masked wherever it is printed: there the name stands within the sentence. */
export const faultLine = (at: string, wanted: string, found: string): string =>
  isSecretName(at)
    ? `expected ${at} to be ${wanted}, found ${found}`
    : `${at}: expected ${wanted}, found ${found}`;

const unknownKey = (at: string, near: string): string =>
  isSecretName(at) ? `unknown key ${at}${near}` : `${at}: unknown key${near}`;

/** Of all keys that there are: one in the wrong place is named as well. */
function meant(key: string): string {
  const near = nearestName(key, [...knownKeys(z.toJSONSchema(fileSchema, { io: 'input' }))]);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

function knownKeys(schema: unknown): Set<string> {
  if (typeof schema !== 'object' || schema === null) return new Set();
  const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return new Set([...own, ...Object.values(schema).flatMap((part) => [...knownKeys(part)])]);
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** What a person can put there. The schema's own words where it has some, else in words for the rule that was broken. */
function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
        : `at least ${issue.minimum} ${issue.origin === 'string' ? 'character' : 'entry'}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_format':
      return formats[issue.format] ?? issue.message;
    default:
      return issue.message;
  }
}

const formats: Readonly<Record<string, string>> = {
  datetime: 'a time with its offset such as 2026-12-24T00:00:00+08:00',
  url: 'a URL such as redis://host:6379',
};

/** Secrets are never repeated: their length is enough to see an empty or truncated one. */
function shown(value: unknown, kind: 'plain' | 'secret', at: string): string {
  if (value === undefined) return 'nothing';
  if (kind === 'secret' || /token|secret|password|key/i.test(at))
    return `a text of ${String(value).length} characters (masked)`;
  if (typeof value === 'number') return String(value);
  return JSON.stringify(value)?.slice(0, 80) ?? String(value);
}

function valueAt(input: unknown, at: readonly PropertyKey[]): unknown {
  return at.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

/** Throws one `config.invalid` that lists them all; nothing where there are none. */
export function refuseFaults(faults: readonly string[], file: string): void {
  if (faults.length === 0) return;
  throw new AcknetError(
    'config.invalid',
    `The configuration has ${count(faults.length, 'fault')}:\n- ${faults.join('\n- ')}`,
    {
      hint: `Correct ${file} or the environment; docs/acknet.example.yaml explains every key.`,
    },
  );
}
