import type { Clusters } from '../../cluster/ports.js';
import type { Config } from '../../config/config.js';
import { AcknetError } from '../../errors.js';
import { nearestName } from '../../nearest-name.js';
import { commandTexts } from '../../texts/commands.js';

const { faults } = commandTexts;

export const allClusters = 'all';

/** What names a cluster where none is typed. */
export interface ClusterNaming {
  readonly clusters: Pick<Clusters, 'names'>;
  readonly config: Pick<Config, 'channels'>;
}

interface Picked {
  readonly clusters: readonly string[];
  /** The words that are no cluster. */
  readonly others: readonly string[];
}

/** The clusters among a command's words, commas allowed between them; `all` = every one. */
export function pickClusters(names: readonly string[], words: readonly string[]): Picked {
  const parts = words.flatMap((word) => word.split(',')).filter((word) => word !== '');
  const isCluster = (word: string) => word === allClusters || names.includes(word);
  return {
    clusters: parts.includes(allClusters) ? names : parts.filter((word) => names.includes(word)),
    others: parts.filter((word) => !isCluster(word)),
  };
}

/** The one cluster meant where none is named: the channel's, or the only one there is. */
export function defaultCluster({ clusters, config }: ClusterNaming, channel: string): string | undefined {
  const { names } = clusters;
  return config.channels[channel]?.cluster ?? (names.length === 1 ? names[0] : undefined);
}

/** Of the characters of a message that says more than this. */
const NAMES = 1000;

/** The clusters there are, for "which one?"; of very many the first, and where the others stand. */
export function knownClusters(names: readonly string[]): string {
  if (names.length === 0) return faults.noneConfigured;
  let characters = 0;
  const end = names.findIndex((name) => {
    characters += name.length + 2;
    return characters > NAMES;
  });
  if (end < 0) return names.join(', ');
  return faults.andMore({ names: names.slice(0, end).join(', '), left: names.length - end });
}

export function unknownCluster(name: string, names: readonly string[]): AcknetError {
  const near = nearestName(name, names);
  return new AcknetError('cluster.unknown', faults.noCluster(name), {
    hint: near === undefined ? faults.known(knownClusters(names)) : faults.didYouMean(near),
  });
}
