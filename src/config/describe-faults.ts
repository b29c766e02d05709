import type { z } from 'zod';
import { AcknetError } from '../errors.js';

/** Each fault by its path, with what was expected and what was found. */
export function describeFaults(error: z.ZodError, input: unknown, kind: 'plain' | 'secret'): string[] {
  return error.issues.flatMap((issue) => {
    const at = issue.path.join('.') || '(top level)';
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${[...issue.path, key].join('.')}: unknown key`);
    if (issue.code === 'invalid_key')
      return issue.issues.map(({ message }) => `${at}: ${expectation(message)} as key`);
    return [`${at}: ${expectation(issue.message)}, found ${shown(valueAt(input, issue.path), kind, at)}`];
  });
}

function expectation(message: string): string {
  return /^(Invalid|Too|Unrecognized)/.test(message) ? message : `expected ${message}`;
}

/** Secrets are never repeated: their length is enough to see an empty or truncated one. */
function shown(value: unknown, kind: 'plain' | 'secret', at: string): string {
  if (value === undefined) return 'nothing';
  if (kind === 'secret' || /token|secret|password|key/i.test(at))
    return `a text of ${String(value).length} characters (masked)`;
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
    `The configuration has ${faults.length} fault(s):\n- ${faults.join('\n- ')}`,
    {
      hint: `Correct ${file} or the environment; docs/acknet.example.yaml explains every key.`,
    },
  );
}
