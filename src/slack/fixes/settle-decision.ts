import type { Decision } from '../../approvals/create-approvals.js';
import type { Queues } from '../../jobs/queues/queues.js';
import { isEnded } from '../../proposals/proposal.js';
import { fixTexts } from '../../texts/fixes.js';
import type { SlackMessage } from '../kit/message.js';
import { noticeView, refusalView } from '../kit/notices.js';

interface Settling {
  readonly queues: Pick<Queues, 'fix' | 'card'>;
  reply(...messages: readonly SlackMessage[]): Promise<void>;
}

/** Carries a decision to the queues and the card; what the decider must know is said to them alone. */
export async function settleDecision({ queues, reply }: Settling, decision: Decision): Promise<void> {
  switch (decision.kind) {
    case 'approved':
      await queues.fix({ proposalId: decision.proposal.id });
      return queues.card({ proposalId: decision.proposal.id });
    case 'rejected':
    case 'abort-requested':
      return queues.card({ proposalId: decision.proposal.id });
    case 'voted':
      await queues.card({ proposalId: decision.proposal.id });
      return reply(noticeView(fixTexts.voteCounts(decision.missing)));
    case 'needs-reason':
      return reply(noticeView(fixTexts.needsReason));
    case 'refused': {
      const { reason, entitled, proposal } = decision;
      await reply(refusalView({ ok: false, reason, entitled }));
      // A dead card that still shows buttons is brought in line.
      if (proposal !== undefined && (isEnded(proposal) || proposal.state !== 'proposed'))
        await queues.card({ proposalId: proposal.id });
    }
  }
}
