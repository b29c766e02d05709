import type { Entitled } from '../../approvals/authorise.js';
import { context, sections } from '../kit/blocks.js';
import { entitledText } from '../kit/entitled.js';
import type { SlackMessage } from '../kit/message.js';
import { escapeMrkdwn } from '../kit/mrkdwn.js';

interface ApproversOf {
  readonly cluster: string;
  readonly approvers: Entitled | undefined;
}

const SHOWN = 20;

/** Who may approve fixes, by cluster. */
export function approversView(clusters: readonly ApproversOf[]): SlackMessage {
  const lines = clusters
    .slice(0, SHOWN)
    .map(({ cluster, approvers }) => `*${escapeMrkdwn(cluster)}:* ${entitledText(approvers ?? none)}`);
  const left = clusters.length - lines.length;
  return {
    text: `Who may approve fixes${clusters.length === 1 ? ` on ${clusters[0]?.cluster}` : ''}.`,
    blocks: [
      ...sections(
        lines.length === 0
          ? 'There is no cluster here whose approvers you may see.'
          : ['*Who may approve fixes*', ...lines, ...(left > 0 ? [`and ${left} more`] : [])].join('\n'),
      ),
      context('They press *Approve* on the card of a fix. A word in a message approves nothing.'),
    ],
  };
}

const none: Entitled = { users: [], groups: [] };
