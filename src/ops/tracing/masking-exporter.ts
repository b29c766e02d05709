import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { mask } from '../../masking/mask.js';

/** What BullMQ and acknet say of a span; options and results of jobs, which may hold what people wrote, are left out. */
const TOLD =
  /^(?:bullmq\.(?:queue\.(?:name|operation)|job\.(?:name|id|attempts\.made)|worker\.id)|acknet\..+)$/;

/** What a BullMQ worker does all the time by itself, on no trace of anything. */
const UPKEEP = /^(?:getNextJob|extendLocks|moveStalledJobsToWait)\b/;

/** Masks whatever leaves with a span, names and faults too. */
export const maskingExporter = (exporter: SpanExporter): SpanExporter => ({
  export: (spans, done) => exporter.export(spans.filter(({ name }) => !UPKEEP.test(name)).map(masked), done),
  shutdown: () => exporter.shutdown(),
  forceFlush: async () => exporter.forceFlush?.(),
});

/** A span's accessors live on its prototype: what is not replaced is read from the span itself. */
function masked(span: ReadableSpan): ReadableSpan {
  const shown: Partial<ReadableSpan> = {
    name: mask(span.name),
    attributes: told(span.attributes),
    status: { ...span.status, ...(span.status.message && { message: mask(span.status.message) }) },
    events: span.events.map(({ attributes, ...event }) => ({
      ...event,
      name: mask(event.name),
      attributes: texts(attributes ?? {}),
    })),
  };
  return new Proxy(span, {
    get: (target, key) => (key in shown ? shown[key as keyof ReadableSpan] : Reflect.get(target, key)),
  });
}

const told = (attributes: Attributes): Attributes =>
  texts(Object.fromEntries(Object.entries(attributes).filter(([key]) => TOLD.test(key))));

const texts = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, typeof value === 'string' ? mask(value) : value]),
  );
