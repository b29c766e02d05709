import type { Entitled } from '../../approvals/authorise.js';
import { talkTexts } from '../../texts/talk.js';
import { context, sections } from '../kit/blocks.js';
import { entitledText } from '../kit/entitled.js';
import type { SlackMessage } from '../kit/message.js';
import { escapeMrkdwn } from '../kit/writing/mrkdwn.js';

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
  const [only, second] = clusters;
  const left = clusters.length - lines.length;
  return {
    text:
      only === undefined || second !== undefined
        ? `${talkTexts.whoMayApprove}.`
        : talkTexts.whoMayApproveOn(only.cluster),
    blocks: [
      ...sections(
        lines.length === 0
          ? talkTexts.noClusterSeen
          : [`*${talkTexts.whoMayApprove}*`, ...lines, ...(left > 0 ? [talkTexts.andMore(left)] : [])].join(
              '\n',
            ),
      ),
      context(talkTexts.approversPress),
    ],
  };
}

const none: Entitled = { users: [], groups: [] };
