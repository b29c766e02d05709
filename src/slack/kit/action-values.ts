import { z } from 'zod';

/** What a button carries comes back from outside: each value is read through its schema, and the ids in it looked up. */
const exchangeId = z.string().regex(/^[A-Z0-9]+-\d+\.\d+$/);
const entryId = z.string().regex(/^[a-z0-9-]{1,80}$/);
const findingId = z.string().regex(/^[a-z0-9-]{1,80}\.[A-Za-z0-9]{1,80}$/);
const runId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const clusterName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/);

const schemas = {
  /** An answer or a candidate in one exchange. */
  entry: z.strictObject({ x: exchangeId, e: entryId, c: clusterName.optional() }),
  cluster: z.strictObject({ x: exchangeId, c: clusterName }),
  feedback: z.strictObject({ x: exchangeId, e: entryId, good: z.boolean() }),
  /** A fix to be asked for, for a finding of a kept run or by command; the form also carries the thread its card belongs in. */
  fix: z.strictObject({
    r: runId.optional(),
    f: findingId.optional(),
    /** Which of the findings with that id: the label of what it is about. */
    a: z.string().max(400).optional(),
    m: entryId,
    /** Asked for by command: the cluster, the object it is for, and what was given with it. */
    c: clusterName.optional(),
    t: z.string().max(400).optional(),
    p: z.record(z.string().max(40), z.string().max(300)).optional(),
    ch: z
      .string()
      .regex(/^[A-Z0-9]{1,20}$/)
      .optional(),
    ts: z
      .string()
      .regex(/^\d+\.\d+$/)
      .optional(),
  }),
  /** A cause of a kept run, on however many objects; with `a` the one finding that is about the object with that label. */
  finding: z.strictObject({ r: runId, f: findingId, a: z.string().max(400).optional() }),
  run: z.strictObject({ r: runId }),
  proposal: z.string().regex(/^[A-Za-z0-9_-]{16,40}$/),
} as const;

type Values = { readonly [K in keyof typeof schemas]: z.infer<(typeof schemas)[K]> };

export function encodeValue<K extends keyof Values>(_kind: K, value: Values[K]): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** undefined = not a value acknet ever sent. */
export function decodeValue<K extends keyof Values>(
  kind: K,
  text: string | undefined,
): Values[K] | undefined {
  if (text === undefined) return undefined;
  const parsed = schemas[kind].safeParse(kind === 'proposal' ? text : parseJson(text));
  return parsed.success ? (parsed.data as Values[K]) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
