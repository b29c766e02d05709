import Fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

/** Each probe resolves when its part works and rejects with the reason when it does not. */
export type Probes = Readonly<Record<string, () => Promise<void>>>;

interface OpsServerOptions {
  readonly probes: Probes;
  readonly registry: Registry;
  /** Bound on one probe; a hanging part is not ready. */
  readonly probeTimeoutMs: number;
}

/** `/healthz` = the process answers; `/readyz` = every probe passes; `/metrics` = Prometheus. Listens when told to. */
export function createOpsServer(options: OpsServerOptions): FastifyInstance {
  const server = Fastify();

  server.get('/healthz', async () => ({ ok: true }));

  server.get('/readyz', async (_request, reply) => {
    const parts = await Promise.all(
      Object.entries(options.probes).map(async ([name, probe]) => [
        name,
        await outcome(probe, options.probeTimeoutMs),
      ]),
    );
    const ok = parts.every(([, result]) => result === 'ok');
    return reply.code(ok ? 200 : 503).send({ ok, parts: Object.fromEntries(parts) });
  });

  server.get('/metrics', async (_request, reply) =>
    reply.type(options.registry.contentType).send(await options.registry.metrics()),
  );

  return server;
}

async function outcome(probe: () => Promise<void>, timeoutMs: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${timeoutMs} ms`), timeoutMs);
  });
  const result = probe().then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return Promise.race([result, late]).finally(() => clearTimeout(timer));
}
