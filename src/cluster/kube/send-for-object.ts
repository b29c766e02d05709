import { isObject } from '../fields.js';
import type { JsonObject } from '../ports.js';
import { apiError } from './answers/api-error.js';
import type { Connection, KubeRequest } from './connecting/connection.js';
import { describeAnswer, describeBroken, oddAnswer } from './answers/odd-answer.js';
import { parseUnambiguous } from './answers/parse-unambiguous.js';
import { readBody } from './answers/read-body.js';
import { readLimits } from './answers/read-limits.js';
import { brokenOff } from './reads/retrying-reads.js';

/** One request, once; the JSON object it was answered with, where that is what `is` knows it by, else `cluster.malformed`. */
export async function sendForObject(
  { cluster, send }: Connection,
  request: KubeRequest,
  { wanted, is }: { readonly wanted: string; is(value: JsonObject): boolean },
): Promise<JsonObject> {
  const response = await send(request);
  if (response.status >= 300) throw await apiError(cluster, request, response);
  const { bytes } = await readBody(response.body, readLimits.objectBytes).catch((cause: unknown) => {
    throw brokenOff(cluster, request, cause);
  });
  const body = bytes.toString();
  const { value, fault } = parse(body);
  if (fault === undefined && isObject(value) && is(value)) return value;
  const type = response.headers['content-type']?.toString();
  const got = fault === undefined ? describeAnswer(value) : describeBroken(fault, body, type);
  throw oddAnswer(cluster, { path: request.path, wanted, got });
}

function parse(body: string): { readonly value?: unknown; readonly fault?: unknown } {
  try {
    return { value: parseUnambiguous(body) };
  } catch (fault) {
    return { fault };
  }
}
