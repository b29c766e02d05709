import type { Attributes } from '@opentelemetry/api';
import type { Logger } from '../log.js';
import { noTracing, type SpanFacts, type Tracing } from './tracing.js';

interface TracingOptions {
  /** Of the collector, `http://collector:4318/v1/traces`; undefined = no traces. */
  readonly endpoint: string | undefined;
  readonly role: string;
  readonly version: string;
  readonly logger: Logger;
}

const EXPORT_MS = 5000;

/**
 * OpenTelemetry is loaded only where an endpoint is given. A collector that is away costs the spans and a line of the log. Its
 * own variables hold too: `OTEL_EXPORTER_OTLP_HEADERS` for a token, `OTEL_TRACES_SAMPLER` for a share.
 */
export async function startTracing({ endpoint, role, version, logger }: TracingOptions): Promise<Tracing> {
  if (endpoint === undefined) return noTracing;
  const [api, sdk, { resourceFromAttributes }, { OTLPTraceExporter }, { BullMQOtel }, { maskingExporter }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('bullmq-otel'),
      import('./masking-exporter.js'),
    ]);
  const exporter = new OTLPTraceExporter({ url: endpoint, timeoutMillis: EXPORT_MS });
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.namespace': 'acknet',
      'service.name': `acknet-${role}`,
      'service.version': version,
    }),
    spanProcessors: [new sdk.BatchSpanProcessor(maskingExporter(exporter, sayOnce(logger)))],
  });
  provider.register();
  const tracer = api.trace.getTracer('acknet', version);
  return {
    // BullMQ's own type of a context is any.
    telemetry: new BullMQOtel({ tracerName: 'acknet', version }) as NonNullable<Tracing['telemetry']>,
    span: (name, facts, run) =>
      tracer.startActiveSpan(name, { attributes: attributesOf(facts) }, async (span) => {
        try {
          return await run();
        } finally {
          span.end();
        }
      }),
    tell: (name, facts) => api.trace.getActiveSpan()?.addEvent(name, attributesOf(facts)),
    close: async () => {
      // Its fault is that of an export, which is told there.
      await provider.shutdown().catch(() => undefined);
      for (const part of [api.trace, api.context, api.propagation]) part.disable();
    },
  };
}

/** Of many exports in a row that fail, the first is told, and that they work again. */
function sayOnce(logger: Logger): (fault?: Error) => void {
  let failing = false;
  return (fault) => {
    if (fault !== undefined && !failing)
      logger.warn({ err: fault }, 'spans were lost: the collector did not take them');
    if (fault === undefined && failing) logger.info({}, 'the collector takes spans again');
    failing = fault !== undefined;
  };
}

const attributesOf = (facts: SpanFacts): Attributes =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [`acknet.${name}`, value]));
