import type { Clusters, CredentialEnd } from '../../cluster/ports.js';
import { isAcknetError } from '../../errors.js';
import type { Logger } from '../../ops/log.js';

export interface Credential {
  readonly cluster: string;
  readonly use: 'reader' | 'fixer';
}

/** What each credential itself says of its end; one that cannot be read is left out, and the log says so. */
export async function readEnds(
  credentials: readonly Credential[],
  { clusters, logger }: { readonly clusters: Clusters; readonly logger: Logger },
): Promise<readonly (Credential & { readonly ends: CredentialEnd })[]> {
  const read = await Promise.all(
    credentials.map(async ({ cluster, use }) => {
      try {
        return [{ cluster, use, ends: await clusters.get(cluster).credentialEnds(use) }];
      } catch (error) {
        if (!isAcknetError(error)) throw error;
        logger.error({ err: error, cluster, use }, 'a credential cannot be read, so its end is not known');
        return [];
      }
    }),
  );
  return read.flat();
}
