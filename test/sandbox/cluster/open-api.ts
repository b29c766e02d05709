import { Agent, request as send } from 'undici';
import { parse } from 'yaml';
import type { Scenario } from '../../../sandbox/cluster/scenario.js';
import {
  type ClusterSimulator,
  type Role,
  startClusterSimulator,
} from '../../../sandbox/cluster/start-cluster-simulator.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { smallScenario } from './small-scenario.js';

export interface ApiCall {
  readonly method?: string;
  readonly body?: unknown;
  readonly type?: string;
  readonly accept?: string;
  readonly role?: Role | 'nobody' | 'stranger';
}

export interface ApiReply {
  readonly status: number;
  readonly text: string;
  readonly body: JsonObject;
}

export interface OpenApi {
  readonly simulator: ClusterSimulator;
  /** One request, as `admin` unless told otherwise. */
  call(path: string, options?: ApiCall): Promise<ApiReply>;
  patch(path: string, type: 'json' | 'merge' | 'strategic' | 'apply', body: unknown): Promise<ApiReply>;
  /** Lines of a watch, read until `enough` says so. */
  watch(path: string, enough: (events: readonly JsonObject[]) => boolean): Promise<readonly JsonObject[]>;
  close(): Promise<void>;
}

const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** A simulator with a plain HTTPS client, so that statuses and bodies are seen as they travel. */
export async function openApi(scenario: Scenario = smallScenario()): Promise<OpenApi> {
  let id = 0;
  const simulator = await startClusterSimulator({
    scenario,
    name: 'test',
    now: () => new Date(),
    nextId: () => `00000000-0000-4000-8000-${String(++id * 7919).padStart(12, '0')}`,
    podStartMs: 1,
  });
  const config = parse(simulator.kubeconfig('admin')) as {
    clusters: { cluster: { 'certificate-authority-data': string } }[];
  };
  const ca = Buffer.from(
    config.clusters[0]?.cluster['certificate-authority-data'] ?? '',
    'base64',
  ).toString();
  const dispatcher = new Agent({ connect: { ca } });
  const tokenOf = (role: Role): string =>
    (parse(simulator.kubeconfig(role)) as { users: { user: { token: string } }[] }).users[0]?.user.token ??
    '';

  const open = ({ method, body, type, accept, role = 'admin' }: ApiCall) => ({
    method: (method ?? 'GET') as 'GET',
    dispatcher,
    headers: {
      accept: accept ?? 'application/json',
      ...(role !== 'nobody' && { authorization: `Bearer ${role === 'stranger' ? 'wrong' : tokenOf(role)}` }),
      ...(body !== undefined && { 'content-type': type ?? 'application/json' }),
    },
    body:
      body === undefined
        ? null
        : typeof body === 'string' || body instanceof Buffer
          ? body
          : JSON.stringify(body),
  });

  const api: OpenApi = {
    simulator,
    call: async (path, options = {}) => {
      const reply = await send(`${simulator.url}${path}`, open(options));
      const text = await reply.body.text();
      return { status: reply.statusCode, text, body: parsed(text) };
    },
    patch: (path, type, body) => api.call(path, { method: 'PATCH', body, type: patchTypes[type] }),
    watch: async (path, enough) => {
      const reply = await send(`${simulator.url}${path}`, open({}));
      const events: JsonObject[] = [];
      let rest = '';
      for await (const chunk of reply.body) {
        const lines = (rest + String(chunk)).split('\n');
        rest = lines.pop() ?? '';
        events.push(...lines.map((line) => JSON.parse(line) as JsonObject));
        if (enough(events)) break;
      }
      return events;
    },
    close: async () => {
      await simulator.close();
      await dispatcher.close();
    },
  };
  return api;
}

function parsed(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}

/** Waits until `look` answers without throwing. */
export async function eventually<T>(look: () => Promise<T> | T): Promise<T> {
  const deadline = Date.now() + 5000;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

export const namesOf = ({ body }: Pick<ApiReply, 'body'>): string[] =>
  ((body.items ?? []) as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
