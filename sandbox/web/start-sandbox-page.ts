import type { ServerResponse } from 'node:http';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { ZodError } from 'zod';
import type { CloudSimulator } from '../cloud/start-cloud-simulator.js';
import type { ClusterState } from '../cluster/cluster-state.js';
import type { SlackSimulator } from '../slack/slack-simulator.js';
import { actSchema, throwSchema } from './act-schema.js';
import { runAct } from './run-act.js';
import { serveFolder } from './serve-folder.js';

interface SandboxPageOptions {
  readonly slack: SlackSimulator;
  readonly clusters: () => readonly ClusterState[];
  /** Returns how to stop listening. */
  readonly onClusterChange?: (listener: () => void) => () => void;
  /** Accounts by cluster, where there are such. */
  readonly clouds?: ReadonlyMap<string, ShownCloud>;
  /** Absent or 0: a free port. */
  readonly port?: number;
  /** Folder of the built page: `sandbox/dist/page`. */
  readonly pageFolder: string;
}

export type ShownCloud = Pick<CloudSimulator, 'state' | 'switches' | 'onChange'>;

export interface SandboxPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the page that shows and drives the simulated workspace; on loopback only. */
export async function startSandboxPage(options: SandboxPageOptions): Promise<SandboxPage> {
  const server = fastify({ forceCloseConnections: true });
  const streams = new Set<ServerResponse>();
  const stop = announceChanges(options, streams);
  routes(server, options, streams);
  serveFolder(server, options.pageFolder);
  const url = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  return {
    url,
    close: async () => {
      stop();
      for (const stream of streams) stream.end();
      await server.close();
    },
  };
}

function routes(
  server: FastifyInstance,
  { slack, clusters, clouds = new Map() }: SandboxPageOptions,
  streams: Set<ServerResponse>,
): void {
  server.get<{ Querystring: { as?: string } }>('/sandbox/state', async ({ query }, reply) => {
    const as = query.as ?? '';
    if (!slack.seed.users.some(({ id }) => id === as)) return refuse(reply, `no person ${as}`);
    return slack.state(as);
  });
  server.get('/sandbox/clusters', async () => clusters());
  server.get('/sandbox/clouds', async () =>
    [...clouds].map(([cluster, cloud]) => ({ cluster, ...cloud.state() })),
  );
  server.post('/sandbox/switch', async ({ body }, reply) => {
    const thrown = throwSchema.safeParse(body);
    if (!thrown.success) return refuse(reply, reasonOf(thrown.error));
    const { cluster, name, ...to } = thrown.data;
    const cloud = clouds.get(cluster);
    if (cloud === undefined) return refuse(reply, `no account of ${cluster}`);
    cloud.switches.throw(name, to);
    return { ok: true };
  });
  server.get('/sandbox/events', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write('data: open\n\n');
    streams.add(reply.raw);
    reply.raw.on('close', () => streams.delete(reply.raw));
  });
  server.post('/sandbox/act', async ({ body }, reply) => {
    const act = actSchema.safeParse(body);
    if (!act.success) return refuse(reply, reasonOf(act.error));
    try {
      return await runAct(slack, act.data);
    } catch (error) {
      if (error instanceof TypeError) return refuse(reply, error.message);
      throw error;
    }
  });
}

const reasonOf = ({ issues }: ZodError): string => issues.map(({ message }) => message).join('; ');

const refuse = (reply: FastifyReply, why: string): FastifyReply =>
  reply.code(400).type('text/plain; charset=utf-8').send(why);

/** The longest a page waits to hear of a change; what changes meanwhile is told with it. */
const togetherMs = 30;

function announceChanges(
  { slack, onClusterChange, clouds }: SandboxPageOptions,
  streams: ReadonlySet<ServerResponse>,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer = undefined;
    for (const stream of streams) stream.write('data: changed\n\n');
  };
  const changed = () => {
    timer ??= setTimeout(tell, togetherMs);
  };
  const accounts = [...(clouds?.values() ?? [])];
  const stops = [
    slack.onChange(changed),
    onClusterChange?.(changed),
    ...accounts.map((cloud) => cloud.onChange(changed)),
  ];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop?.();
  };
}
