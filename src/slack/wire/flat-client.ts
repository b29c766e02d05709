import { WebClient, type WebAPICallResult } from '@slack/web-api';

/**
 * Slack's client, handed its arguments as it sends them: what nests as JSON. It would else copy blocks piece by piece for a
 * debug line that nobody reads, which takes ten times as long as to write them.
 */
export class FlatClient extends WebClient {
  override apiCall(
    method: string,
    options: Readonly<Record<string, unknown>> = {},
  ): Promise<WebAPICallResult> {
    return super.apiCall(method, flat(options));
  }
}

const flat = (options: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, isNested(value) ? JSON.stringify(value) : value]),
  );

const isNested = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Buffer.isBuffer(value);
