import { createHmac } from 'node:crypto';

interface Signed {
  readonly secret: string;
  readonly body: string;
  readonly at: Date;
}

/** What proves that a request is Slack's: version 0 of its signature, over time and body. */
export function signedHeaders({ secret, body, at }: Signed): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
