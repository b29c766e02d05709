import { list, text } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { badRequest } from '../api-fault.js';
import type { ApiAnswer, ApiRequest } from '../api-request.js';
import type { ObjectStore } from './object-store.js';

export interface LogLine {
  readonly at: string;
  readonly text: string;
}

/** Container logs, by pod uid so that a recreated pod starts with an empty one. */
export interface LogStore {
  append(podUid: string, container: string, lines: readonly LogLine[]): void;
  read(podUid: string, container: string): readonly LogLine[];
  /** The container ended and starts anew: its log becomes the previous one. */
  rotate(podUid: string, container: string): void;
  previous(podUid: string, container: string): readonly LogLine[] | undefined;
}

export function createLogStore(): LogStore {
  const logs = new Map<string, readonly LogLine[]>();
  const before = new Map<string, readonly LogLine[]>();
  const read = (podUid: string, container: string) => logs.get(`${podUid}/${container}`) ?? [];
  return {
    append: (podUid, container, lines) =>
      void logs.set(`${podUid}/${container}`, [...read(podUid, container), ...lines]),
    read,
    rotate(podUid, container) {
      before.set(`${podUid}/${container}`, read(podUid, container));
      logs.delete(`${podUid}/${container}`);
    },
    previous: (podUid, container) => before.get(`${podUid}/${container}`),
  };
}

interface LogContext {
  readonly store: Pick<ObjectStore, 'get'>;
  readonly logs: LogStore;
  readonly now: () => Date;
}

/** `GET …/pods/<name>/log` with container, previous, tailLines, limitBytes, sinceTime, sinceSeconds, timestamps. */
export function readPodLog(
  request: Pick<ApiRequest, 'kind' | 'namespace' | 'name' | 'query'>,
  { store, logs, now }: LogContext,
): ApiAnswer {
  const pod = store.get(request.kind, request.namespace, request.name ?? '');
  const { query } = request;
  if (query.get('follow') === 'true') throw badRequest('the sandbox does not simulate following a log');
  const container = containerOf(pod, query.get('container'));
  const lines = selected(linesOf(pod, container, { logs, previous: query.get('previous') === 'true' }), {
    query,
    now: now(),
  });
  const stamped = query.get('timestamps') === 'true';
  const body = lines.map((line) => `${stamped ? `${line.at} ` : ''}${line.text}\n`).join('');
  const limit = query.get('limitBytes');
  return { status: 200, contentType: 'text/plain', body: limit === null ? body : cut(body, Number(limit)) };
}

const namesIn = (pod: JsonObject, field: string): readonly string[] =>
  list(pod, 'spec', field).map((entry) => text(entry, 'name') ?? '');

function containerOf(pod: JsonObject, asked: string | null): string {
  const name = text(pod, 'metadata', 'name') ?? '';
  const usual = namesIn(pod, 'containers');
  const init = namesIn(pod, 'initContainers');
  if (asked !== null) {
    if ([...usual, ...init].includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  if (usual.length === 1 && usual[0] !== undefined) return usual[0];
  const others = init.length > 0 ? ` or one of the init containers: [${init.join(' ')}]` : '';
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${usual.join(' ')}]${others}`,
  );
}

function linesOf(
  pod: JsonObject,
  container: string,
  { logs, previous }: { logs: LogStore; previous: boolean },
): readonly LogLine[] {
  const name = text(pod, 'metadata', 'name') ?? '';
  const uid = text(pod, 'metadata', 'uid') ?? '';
  if (previous) {
    const ended = logs.previous(uid, container);
    if (ended) return ended;
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  }
  const waiting = waitingReason(pod, container);
  const lines = logs.read(uid, container);
  if (waiting !== undefined && lines.length === 0)
    throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${waiting}`);
  return lines;
}

function waitingReason(pod: JsonObject, container: string): string | undefined {
  const all = [...list(pod, 'status', 'initContainerStatuses'), ...list(pod, 'status', 'containerStatuses')];
  const status = all.find((entry) => text(entry, 'name') === container);
  if (status === undefined) return 'ContainerCreating';
  return text(status, 'state', 'waiting', 'reason');
}

function selected(
  lines: readonly LogLine[],
  { query, now }: { query: URLSearchParams; now: Date },
): readonly LogLine[] {
  const seconds = query.get('sinceSeconds');
  const time = query.get('sinceTime');
  const since = seconds !== null ? now.getTime() - Number(seconds) * 1000 : time ? Date.parse(time) : 0;
  const newer = lines.filter(({ at: written }) => Date.parse(written) >= since);
  const tail = query.get('tailLines');
  return tail === null ? newer : newer.slice(Math.max(0, newer.length - Number(tail)));
}

const cut = (body: string, bytes: number): string => Buffer.from(body).subarray(0, bytes).toString();
