import type { Fault } from '../limits/shape.js';

/** What a Web API method answers instead of its result: `{ok: false, error, …}` with HTTP 200. */
export class SlackApiError extends Error {
  readonly body: Readonly<Record<string, unknown>>;

  constructor(error: string, details: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.name = 'SlackApiError';
    this.body = { ok: false, error, ...details };
  }
}

/** Slack's shape for a payload that broke a rule: each line names the place by JSON pointer. */
export function invalidPayload(error: string, faults: readonly Fault[]): SlackApiError {
  const lines = faults.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`);
  return new SlackApiError(error, {
    errors: lines,
    response_metadata: { messages: lines.map((line) => `[ERROR] ${line}`) },
  });
}
