import type { Intent } from '../intent.js';
import type { Vocabulary } from './data/vocabulary.js';
import type { Knowledge } from './knowledge.js';
import type { Analysis } from './words/analyze.js';

/** Which entries a message cannot be about, by their index. */
export type RuleOut = (analysis: Pick<Analysis, 'named' | 'concepts'>, plugin?: string) => readonly boolean[];

/**
 * A plugin that the message names, or else that the cluster is known to run, rules out the entries about the other one.
 * Those of an area that only the other one has stay where the message names the area: they say so. Somebody else's
 * plugin or cloud, and nothing of ours beside it, leaves the entries that speak of it themselves.
 */
export function createRuleOut({ intents, phrasings }: Knowledge, areas: Vocabulary['areas']): RuleOut {
  const own = intents.map(() => new Set<string>());
  for (const { entry, analysis } of phrasings)
    for (const name of analysis.named.others) own[entry]?.add(name);
  return ({ named: { ours, others }, concepts }, plugin) => {
    const about = pluginOf(ours) ?? (ours.some(isPlugin) || others.length > 0 ? undefined : plugin);
    const isAskedFor = ({ area }: Intent): boolean =>
      areas[area]?.some((concept) => concepts.includes(concept)) === true;
    return intents.map(
      (intent, entry) =>
        (isForOtherPlugin(intent, about) && !isAskedFor(intent)) ||
        (others.length > 0 && ours.length === 0 && !others.some((name) => own[entry]?.has(name))),
    );
  };
}

const PLUGINS = ['terway', 'flannel'];
const isPlugin = (name: string): boolean => PLUGINS.includes(name);

/** The plugin that is named, if it is one. */
function pluginOf(names: readonly string[]): string | undefined {
  const plugins = names.filter(isPlugin);
  return plugins.length === 1 ? plugins[0] : undefined;
}

function isForOtherPlugin({ plugin }: Intent, about: string | undefined): boolean {
  return about !== undefined && isPlugin(about) && plugin !== undefined && plugin.only !== about;
}
