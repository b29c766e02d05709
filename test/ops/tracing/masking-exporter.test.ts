import { describe, expect, it } from '@jest/globals';
import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { maskingExporter } from '../../../src/ops/tracing/masking-exporter.js';

const SECRET = 'LTAI5tCanaryCanaryCanary';

async function exported(name: string): Promise<InMemorySpanExporter> {
  const kept = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(maskingExporter(kept, () => undefined))],
  });
  const span = provider.getTracer('test').startSpan(name, {
    attributes: {
      'bullmq.job.id': `check-${SECRET}`,
      'bullmq.job.options': '{"what":"somebody asked"}',
      'acknet.path': `/api/v1/namespaces/${SECRET}`,
    },
  });
  span.recordException(new Error(`refused with accessKeySecret=${SECRET}`));
  span.setStatus({ code: SpanStatusCode.ERROR, message: `token ${SECRET}` });
  span.end();
  await provider.forceFlush();
  return kept;
}

const told = (kept: InMemorySpanExporter): string =>
  JSON.stringify(
    kept
      .getFinishedSpans()
      .map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
  );

describe('what leaves with a span', () => {
  it('is masked wherever it stands, and ids and paths stay', async () => {
    const text = told(await exported(`process ${SECRET}`));
    expect(text).not.toContain('Canary');
    for (const part of ['process ', 'check-', '/api/v1/namespaces/', 'refused with', 'bullmq.job.id'])
      expect(text).toContain(part);
  });

  it('holds nothing of a job but what it is', async () => {
    expect(told(await exported('process checks'))).not.toContain('somebody asked');
  });

  it.each(['getNextJob checks', 'extendLocks fixes', 'moveStalledJobsToWait cards'])(
    'is not the upkeep of a worker: %s',
    async (name) => {
      expect((await exported(name)).getFinishedSpans()).toEqual([]);
    },
  );
});
