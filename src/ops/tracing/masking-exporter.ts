import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { mask, maskAll } from '../../masking/mask.js';

/** What BullMQ and acknet say of a span; options and results of jobs, which may hold what people wrote, are left out. */
const TOLD =
  /^(?:bullmq\.(?:queue\.(?:name|operation)|job\.(?:name|id|attempts\.made)|worker\.id)|acknet\..+)$/;

/** What a BullMQ worker does all the time by itself, on no trace of anything. */
const UPKEEP = /^(?:getNextJob|extendLocks|moveStalledJobsToWait)\b/;

/** Masks whatever leaves with a span, names and faults too. `onEnd` is told of each export, with its fault where it has one. */
export const maskingExporter = (exporter: SpanExporter, onEnd: (fault?: Error) => void): SpanExporter => ({
  export: (spans, done) =>
    exporter.export(spans.filter(({ name }) => !UPKEEP.test(name)).map(masked), (result) => {
      onEnd(result.error);
      done(result);
    }),
  shutdown: () => exporter.shutdown(),
  forceFlush: async () => exporter.forceFlush?.(),
});

/** A span's accessors live on its prototype: what is not replaced is read from the span itself. */
function masked(span: ReadableSpan): ReadableSpan {
  const shown: Partial<ReadableSpan> = {
    name: mask(span.name),
    attributes: maskAll(told(span.attributes)),
    status: maskAll(span.status),
    events: span.events.map((event) => ({
      ...event,
      name: mask(event.name),
      attributes: maskAll(event.attributes ?? {}),
    })),
  };
  return new Proxy(span, {
    get: (target, key) => (key in shown ? shown[key as keyof ReadableSpan] : Reflect.get(target, key)),
  });
}

const told = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([key]) => TOLD.test(key)));
