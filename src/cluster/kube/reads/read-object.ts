import { isObject } from '../../fields.js';
import type { JsonObject } from '../../ports.js';
import { describeAnswer, describeBroken, oddAnswer, tooLarge } from '../answers/odd-answer.js';
import { decode } from '../answers/page-parser.js';
import { parseUnambiguous } from '../answers/parse-unambiguous.js';
import type { ReadRequest, RetryingReads } from './retrying-reads.js';

interface Expected {
  /** As the fault names it: `a list of API groups`. */
  readonly wanted: string;
  readonly limit?: number;
  is(value: JsonObject): boolean;
}

/** One JSON object that is what was asked for, else `cluster.malformed`. */
export async function readObject(
  reads: RetryingReads,
  request: ReadRequest,
  { wanted, is, limit = reads.limits.objectBytes }: Expected,
): Promise<JsonObject> {
  const { bytes, over } = await reads.read(request, limit);
  if (over) throw tooLarge(reads.cluster, request.path, `the answer has more than ${limit} bytes`);
  const body = decode(bytes);
  const { value, fault } = parse(body);
  if (fault === undefined && isObject(value) && is(value)) return value;
  const got = fault === undefined ? describeAnswer(value) : describeBroken(fault, body, undefined);
  throw oddAnswer(reads.cluster, { path: request.path, wanted, got, cause: fault });
}

function parse(body: string): { readonly value?: unknown; readonly fault?: unknown } {
  try {
    return { value: parseUnambiguous(body) };
  } catch (fault) {
    return { fault };
  }
}
