import type { Entitled } from '../../approvals/authorise.js';
import { groupBy } from '../../checks/group-by.js';
import { talkTexts } from '../../texts/talk.js';
import { context, sections } from '../kit/blocks.js';
import { entitledText } from '../kit/entitled.js';
import type { SlackMessage } from '../kit/message.js';
import { escapeMrkdwn } from '../kit/writing/mrkdwn.js';

interface ApproversOf {
  readonly cluster: string;
  readonly approvers: Entitled | undefined;
}

/** Sets of approvers, and clusters of one set. */
const SETS = 10;
const CLUSTERS = 20;

/** Who may approve fixes, once for all the clusters that have the same approvers. */
export function approversView(clusters: readonly ApproversOf[]): SlackMessage {
  const alike = [...groupBy(clusters, ({ approvers }) => entitledText(approvers ?? none))];
  const lines = alike.slice(0, SETS).map(([who, members]) => `*${namesOf(members)}:* ${who}`);
  const left = alike.slice(SETS).reduce((sum, [, members]) => sum + members.length, 0);
  const [only, second] = clusters;
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

function namesOf(members: readonly ApproversOf[]): string {
  const names = members.slice(0, CLUSTERS).map(({ cluster }) => escapeMrkdwn(cluster));
  const left = members.length - names.length;
  return [names.join(', '), ...(left > 0 ? [talkTexts.andMore(left)] : [])].join(' ');
}

const none: Entitled = { users: [], groups: [] };
