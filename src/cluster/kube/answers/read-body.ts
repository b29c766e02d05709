import type { KubeResponse } from '../kube-request.js';

type Body = KubeResponse['body'];

export interface BoundedBody {
  readonly bytes: Buffer;
  /** There was more, which is dropped. */
  readonly over: boolean;
}

/** Takes in no more than `limit` bytes. Throws when the body breaks off. */
export async function readBody(body: Body, limit: number): Promise<BoundedBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) return { bytes: Buffer.concat(chunks).subarray(0, limit), over: true };
  }
  return { bytes: Buffer.concat(chunks), over: false };
}

/** An answer that nobody will read: its connection is given up. */
export const discard = (response: Promise<KubeResponse>): void =>
  void response.then(
    ({ body }) => body.on('error', () => undefined).destroy(),
    () => undefined,
  );
