import { list, text } from '../../cluster/fields.js';
import { badRequest } from './api-fault.js';
import type { ApiAnswer, ApiRequest } from './api-request.js';
import type { ObjectStore } from './object-store.js';
import { hasContainer } from './write-handlers.js';

export interface LogLine {
  readonly at: string;
  readonly text: string;
}

/** Container logs, by pod uid so that a recreated pod starts with an empty one. */
export interface LogStore {
  append(podUid: string, container: string, lines: readonly LogLine[]): void;
  read(podUid: string, container: string): readonly LogLine[];
}

export function createLogStore(): LogStore {
  const logs = new Map<string, LogLine[]>();
  return {
    append(podUid, container, lines) {
      const key = `${podUid}/${container}`;
      logs.set(key, [...(logs.get(key) ?? []), ...lines]);
    },
    read: (podUid, container) => logs.get(`${podUid}/${container}`) ?? [],
  };
}

/** `GET …/pods/<name>/log` with container, tailLines, limitBytes, sinceTime, sinceSeconds, timestamps. */
export function readPodLog(request: ApiRequest, store: ObjectStore, logs: LogStore): ApiAnswer {
  const pod = store.get(request.kind, request.namespace, request.name ?? '');
  const containers = list(pod, 'spec', 'containers').map((entry) => text(entry, 'name') ?? '');
  const container = request.query.get('container') ?? (containers.length === 1 ? containers[0] : undefined);
  if (container === undefined) {
    throw badRequest(
      `a container name must be specified for pod ${request.name}, choose one of: [${containers.join(' ')}]`,
    );
  }
  if (!hasContainer(pod, container))
    throw badRequest(`container ${container} is not valid for pod ${request.name}`);
  if (request.query.get('previous') === 'true') {
    throw badRequest(`previous terminated container "${container}" in pod "${request.name}" not found`);
  }
  const lines = selected(logs.read(text(pod, 'metadata', 'uid') ?? '', container), request.query);
  const stamped = request.query.get('timestamps') === 'true';
  const body = lines.map((line) => `${stamped ? `${line.at} ` : ''}${line.text}\n`).join('');
  const limit = request.query.get('limitBytes');
  return { status: 200, contentType: 'text/plain', body: limit === null ? body : cut(body, Number(limit)) };
}

function selected(lines: readonly LogLine[], query: URLSearchParams): readonly LogLine[] {
  const since = query.get('sinceTime');
  const newer = since === null ? lines : lines.filter(({ at }) => Date.parse(at) >= Date.parse(since));
  const tail = query.get('tailLines');
  return tail === null ? newer : newer.slice(Math.max(0, newer.length - Number(tail)));
}

const cut = (text: string, bytes: number): string => Buffer.from(text).subarray(0, bytes).toString();
