import { AcknetError } from '../../errors.js';
import { nearestName } from '../kit/nearest-name.js';
import type { CommandContext } from './command-context.js';

export const allClusters = 'all';

export interface Picked {
  readonly clusters: readonly string[];
  /** The words that are no cluster. */
  readonly others: readonly string[];
}

/** The clusters among a command's words, commas allowed between them; `all` = every one. */
export function pickClusters({ services }: CommandContext, words: readonly string[]): Picked {
  const { names } = services.clusters;
  const parts = words.flatMap((word) => word.split(',')).filter((word) => word !== '');
  const isCluster = (word: string) => word === allClusters || names.includes(word);
  return {
    clusters: parts.includes(allClusters) ? names : parts.filter((word) => names.includes(word)),
    others: parts.filter((word) => !isCluster(word)),
  };
}

/** The one cluster meant: the named one, the channel's, or the only one there is. */
export function defaultCluster({ services, channel }: CommandContext): string | undefined {
  const { names } = services.clusters;
  return services.config.channels[channel]?.cluster ?? (names.length === 1 ? names[0] : undefined);
}

export function unknownCluster(name: string, names: readonly string[]): AcknetError {
  const near = nearestName(name, names);
  return new AcknetError('cluster.unknown', `No cluster is called "${name}".`, {
    hint: near === undefined ? `Known: ${names.join(', ') || 'none'}.` : `Did you mean ${near}?`,
  });
}
