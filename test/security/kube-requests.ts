import { channel } from 'node:diagnostics_channel';
import { z } from 'zod';

export interface KubeRequestSeen {
  /** The bearer token it carried; '' = none. */
  readonly token: string;
  readonly method: string;
  readonly path: string;
}

const messageSchema = z.object({
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.union([z.string(), z.array(z.string())]),
  }),
});

/** Every HTTP request that leaves this process through undici, as the client itself reports it. */
export function recordKubeRequests(): { readonly seen: readonly KubeRequestSeen[]; stop(): void } {
  const seen: KubeRequestSeen[] = [];
  const created = channel('undici:request:create');
  const note = (message: unknown): void => {
    const { method, path, headers } = messageSchema.parse(message).request;
    const flat = typeof headers === 'string' ? headers : headers.join('\n');
    seen.push({ method, path, token: /Bearer ([\w-]+)/.exec(flat)?.[1] ?? '' });
  };
  created.subscribe(note);
  return { seen, stop: () => void created.unsubscribe(note) };
}
