import type { Telemetry } from 'bullmq';

/** What a span says beside its name: ids, names and outcomes, never what people wrote. All of it is masked where it leaves. */
export type SpanFacts = Readonly<Record<string, string | number | undefined>>;

export interface Tracing {
  /** For queues and workers: a job continues the trace of what queued it, in whatever process it runs. */
  readonly telemetry: Telemetry | undefined;
  /** What `run` does, and whatever it awaits, is within a span of that name. */
  span<T>(name: string, facts: SpanFacts, run: () => Promise<T>): Promise<T>;
  /** Something that happened within the span around it; without one it is not told. */
  tell(name: string, facts: SpanFacts): void;
  /** Sends what is left, within a few seconds. */
  close(): Promise<void>;
}

/** Where none is configured. */
export const noTracing: Tracing = {
  telemetry: undefined,
  span: (_name, _facts, run) => run(),
  tell: () => undefined,
  close: async () => undefined,
};
