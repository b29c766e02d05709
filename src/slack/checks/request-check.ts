import type { Approvals } from '../../approvals/create-approvals.js';
import type { Queues } from '../../jobs/queues/queues.js';
import type { CheckJob } from '../../jobs/queues/payloads.js';
import type { MessageRef, Person } from '../../proposals/proposal.js';
import { checkTexts } from '../../texts/checks.js';
import type { SlackMessage } from '../kit/message.js';
import { noticeView, refusalView } from '../kit/notices.js';

export interface RequestCheckPorts {
  readonly approvals: Pick<Approvals, 'may'>;
  readonly queues: { check(request: CheckRequest): ReturnType<Queues['check']> };
  /** The address of a message; undefined where Slack tells none. */
  readonly permalink: (at: MessageRef) => Promise<string | undefined>;
}

export type CheckRequest = Omit<CheckJob, 'runId' | 'fleet' | 'requestedBy'> & {
  readonly requestedBy: Person;
};

/** The one way to a check of one cluster, for commands and buttons: asked for by who may, and said where it runs already. */
export async function requestCheck(
  { approvals, queues, permalink }: RequestCheckPorts,
  request: CheckRequest,
  reply: (message: SlackMessage) => Promise<void>,
): Promise<void> {
  const may = await approvals.may('ask', request.requestedBy, request.cluster);
  if (!may.ok) return reply(refusalView(may));
  const { joined, at } = await queues.check(request);
  if (!joined) return;
  const link = at === undefined ? undefined : await permalink(at);
  return reply(
    noticeView(
      checkTexts.replies.joined(request.cluster),
      link && `<${link}|${checkTexts.replies.itsMessage}>`,
    ),
  );
}
