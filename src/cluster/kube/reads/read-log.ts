import { text } from '../../fields.js';
import { parseJsonObject } from '../../parse-json.js';
import type { PodLogRequest } from '../../ports.js';
import { apiPath } from '../api-paths.js';
import { describeAnswer, describeText, oddAnswer } from '../answers/odd-answer.js';
import { decode } from '../answers/page-parser.js';
import type { ReadRequest, RetryingReads } from './retrying-reads.js';

export const podApi = { group: '', version: 'v1', plural: 'pods' } as const;

/** A web page where a log should be; no component begins its log like that. */
const WEB_PAGE = /^\s{0,100}<(?:!doctype html|html)\b/i;

/** What is beyond `limitBytes` is left out, also where the server sends it all the same. */
export async function readLog(reads: RetryingReads, request: PodLogRequest): Promise<string> {
  const asked = logRequest(request);
  const log = decode((await reads.read(asked, request.limitBytes)).bytes);
  const status = log.startsWith('{') ? parseJsonObject(log) : undefined;
  const isStatus = text(status, 'kind') === 'Status' && text(status, 'apiVersion') === 'v1';
  if (!isStatus && !WEB_PAGE.test(log)) return log;
  throw oddAnswer(reads.cluster, {
    path: asked.path,
    wanted: 'a log',
    got: isStatus ? describeAnswer(status) : describeText(log, undefined),
  });
}

const logRequest = (request: PodLogRequest): ReadRequest => ({
  path: `${apiPath(podApi, { namespace: request.namespace, name: request.pod })}/log`,
  about: { ...podApi, name: request.pod },
  type: 'text/plain',
  query: {
    container: request.container,
    limitBytes: String(request.limitBytes),
    tailLines: request.tailLines === undefined ? undefined : String(request.tailLines),
    sinceTime: request.sinceTime,
    previous: request.previous ? 'true' : undefined,
    timestamps: request.timestamps ? 'true' : undefined,
  },
});
