import type { Check } from './define-check.js';

interface Blind {
  readonly id: string;
  /** What Kubernetes does not show about the entry. */
  readonly blind?: string | undefined;
}

/**
 * An entry's `blind` text as things are: nothing where the cloud answers it, and where it is not connected what connecting
 * it would show.
 */
export function blindText(
  { id, blind }: Blind,
  { checks, connected }: { readonly checks: readonly Pick<Check, 'cloud'>[]; readonly connected: boolean },
): string | undefined {
  if (blind === undefined) return undefined;
  const parts = checks.flatMap(({ cloud }) => (cloud?.settles.includes(id) ? [cloud.shows] : []));
  if (parts.length === 0) return blind;
  return connected
    ? undefined
    : `${blind} Connecting the cloud (docs/cloud.md) would show ${parts.join('; ')}.`;
}
