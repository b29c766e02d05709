import type { Approvals } from '../../approvals/create-approvals.js';
import type { Clusters } from '../../cluster/ports.js';
import type { Person } from '../../proposals/proposal.js';
import { homeTexts } from '../../texts/home.js';

export interface PromptPorts {
  readonly approvals: Pick<Approvals, 'maySee' | 'allows'>;
  readonly clusters: Pick<Clusters, 'names'>;
}

/** As many as Slack shows. */
const MOST = 4;
/** Of clusters looked at for rights; the first that fits is enough. */
const LOOKED_AT = 20;

/** What to send, each titled as what it sends, and only what this person may have done. */
export async function suggestedPrompts(
  { approvals, clusters }: PromptPorts,
  who: Person,
): Promise<readonly { readonly title: string; readonly message: string }[]> {
  const { prompts } = homeTexts;
  const names = clusters.names.slice(0, LOOKED_AT);
  const [asks, approves] = await Promise.all([
    firstOf(names, (name) => approvals.allows('ask', who, name)),
    firstOf(names, (name) => approvals.allows('approve', who, name)),
  ]);
  const fitting = [
    ...(asks === undefined ? [] : [prompts.check(asks)]),
    ...(approves === undefined ? [] : [prompts.pending]),
    prompts.pods,
    ...(asks === undefined ? [prompts.nodes, prompts.capacity] : []),
    prompts.help,
  ];
  return fitting.slice(0, MOST).map((message) => ({ title: message, message }));
}

async function firstOf(
  names: readonly string[],
  may: (name: string) => Promise<{ readonly ok: boolean }>,
): Promise<string | undefined> {
  const answers = await Promise.all(names.map(async (name) => (await may(name)).ok));
  return names.find((_name, at) => answers[at]);
}
