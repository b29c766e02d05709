import type { AnswerFacts } from './answer-facts.js';
import type { IntentMeta } from './intent.js';
import { type BlockVerdict, judgeConditions } from './judge-conditions.js';

type AboutPlugin = Pick<IntentMeta, 'plugin'>;

/** Whether an entry about one network plugin is for this cluster; entries about none, or both, always are. */
export function judgePlugin({ plugin }: AboutPlugin, facts: AnswerFacts | undefined): BlockVerdict {
  if (plugin === undefined) return { label: undefined };
  return judgeConditions([{ key: 'plugin', value: plugin.only }], facts);
}

/** "**Flannel only.** With Terway …", the first thing to read where the plugin is not known. */
export function pluginNote({ plugin }: AboutPlugin): string {
  if (plugin === undefined) return '';
  const name = plugin.only === 'terway' ? 'Terway' : 'Flannel';
  return `**${name} only.** ${plugin.otherwise}`;
}
