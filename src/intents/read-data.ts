import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { AcknetError } from '../errors.js';

/** A JSON or YAML file, read through its schema. */
export async function readData<S extends z.ZodType>(file: string, schema: S): Promise<z.infer<S>> {
  const text = await readText(file);
  const parsed = schema.safeParse(parse(file, text));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || '(top level)'}: ${issue.message}`,
  );
  throw new AcknetError('intent.invalid', `${file} has ${faults.length} fault(s):\n- ${faults.join('\n- ')}`);
}

export function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AcknetError('intent.invalid', `${file}: cannot be read (${cause.code})`, { cause });
  });
}

function parse(file: string, text: string): unknown {
  try {
    if (file.endsWith('.json')) return JSON.parse(text);
  } catch (cause) {
    throw new AcknetError('intent.invalid', `${file}: ${(cause as SyntaxError).message}`, { cause });
  }
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined)
    throw new AcknetError('intent.invalid', `${file}: ${error.message.split('\n')[0]}`);
  return document.toJS();
}
