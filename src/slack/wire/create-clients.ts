import type { FetchFunction, WebClient, WebClientOptions } from '@slack/web-api';
import type { Logger } from '../../ops/log.js';
import { FlatClient } from './flat-client.js';
import { slackLogger } from './slack-logger.js';
import { straight, type WayToSlack } from './way-to-slack.js';

interface SlackClients {
  /** Reads, edits and answers to one person: made again after a fault. */
  readonly replies: WebClient;
  /** New messages and files: sent once, since a repeat after a lost answer would stand there twice. The poster decides. */
  readonly posts: WebClient;
  /** Progress edits: a rate limit rejects at once, so that it never holds up the posts. */
  readonly edits: WebClient;
}

interface SlackConnection {
  readonly token: string;
  readonly apiUrl: string;
  /** Absent = straight. */
  readonly way?: WayToSlack | undefined;
  readonly logger: Logger;
  /** Told of each try's end: the HTTP status, or undefined where no answer came. */
  readonly onCall?: OnCall | undefined;
}

type OnCall = (method: string, status: number | undefined) => void;

/** Never put `headers` in here: in Socket Mode they would carry the wrong token. */
export const clientOptions = ({
  apiUrl,
  way = straight,
  logger,
  onCall = () => undefined,
}: Omit<SlackConnection, 'token'>): WebClientOptions => ({
  slackApiUrl: apiUrl,
  timeout: 10_000,
  retryConfig: { retries: 3, factor: 2, minTimeout: 500, maxTimeout: 5000, randomize: true },
  logger: slackLogger(logger),
  fetch: countingFetch(way.fetch, { apiUrl, onCall }),
});

/**
 * Of `https://slack.com/api/chat.postMessage`, chat.postMessage. A file goes to an address of its own, whose path is the
 * right to put it there: that is no name of a method.
 */
const countingFetch =
  (send: FetchFunction, { apiUrl, onCall }: { apiUrl: string; onCall: OnCall }): FetchFunction =>
  async (url, init) => {
    const asked = String(url);
    const method = asked.startsWith(apiUrl) ? asked.slice(apiUrl.length) : 'file upload';
    try {
      const response = await send(url, init);
      onCall(method, response.status);
      return response;
    } catch (error) {
      onCall(method, undefined);
      throw error;
    }
  };

export function createClients(connection: SlackConnection): SlackClients {
  const once = () =>
    new FlatClient(connection.token, {
      ...clientOptions(connection),
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
    });
  return {
    replies: new FlatClient(connection.token, clientOptions(connection)),
    posts: once(),
    edits: once(),
  };
}
