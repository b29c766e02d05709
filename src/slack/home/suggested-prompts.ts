import type { Approvals } from '../../approvals/create-approvals.js';
import type { Clusters } from '../../cluster/ports.js';
import type { Person } from '../../proposals/proposal.js';
import { homeTexts } from '../../texts/home.js';
import { firstAllowed } from '../commands/visible-clusters.js';

export interface PromptPorts {
  readonly approvals: Pick<Approvals, 'allows'>;
  readonly clusters: Pick<Clusters, 'names'>;
}

/** As many as Slack shows. */
const MOST = 4;

/** What to send, each titled as what it sends, and only what this person may have done. */
export async function suggestedPrompts(
  { approvals, clusters }: PromptPorts,
  who: Person,
): Promise<readonly { readonly title: string; readonly message: string }[]> {
  const { prompts } = homeTexts;
  const { names } = clusters;
  const [asks, approves] = await Promise.all([
    firstAllowed(names, (name) => approvals.allows('ask', who, name)),
    firstAllowed(names, (name) => approvals.allows('approve', who, name)),
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
