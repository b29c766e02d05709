import type { Entitled } from '../../../../approvals/authorise.js';
import { shortUid } from '../../../../cluster/identity/cluster-uid.js';
import { labelOf } from '../../../../cluster/object-label.js';
import type { Proposal } from '../../../../proposals/proposal.js';
import { fixTexts } from '../../../../texts/fixes.js';
import { blocksOf, context, sections } from '../../../kit/blocks.js';
import { entitledText } from '../../../kit/entitled.js';
import type { FoldedBlock } from '../../../kit/fold.js';
import type { KnownBlock } from '../../../kit/message.js';
import {
  code,
  escapeMrkdwn,
  link,
  literal,
  literalUpTo,
  mentionUser,
  when,
} from '../../../kit/writing/mrkdwn.js';
import type { Remedy } from './card-order.js';
import { cardRoom } from './card-room.js';

export interface Terms {
  readonly approvers: Entitled;
  /** Names that call nobody, for who is not to be called; absent = this card calls the approvers. */
  readonly names?: ReadonlyMap<string, string> | undefined;
  /** The policy lets who asked approve as well. */
  readonly selfApproval: boolean;
  /** Of an undo: who pressed it approved the fix that did not end well, and may put it back alone. */
  readonly repairs?: boolean | undefined;
  /** What is kept of the card is sealed: without a key, who can write to Redis can alter it. */
  readonly sealed: boolean;
  /** How long a restarted pod may take before the roll-out stops. */
  readonly podReadySeconds: number;
  readonly remedy?: Remedy | undefined;
  /** The entry it comes from. */
  readonly entry?: { readonly title: string; readonly url: string } | undefined;
}

/** What can go wrong, before the diff: risk in a sentence, then every warning. */
export function cardRisk(proposal: Proposal, { remedy, sealed }: Terms): KnownBlock[] {
  const { risk, notRecommended, dryRun } = proposal;
  return blocksOf(
    sections(fixTexts.risk(risk, escapeMrkdwn(remedy?.impact ?? ''))),
    notRecommended === undefined
      ? undefined
      : sections(fixTexts.notRecommended(literalUpTo(notRecommended, cardRoom.notRecommended))),
    sealed ? undefined : context(fixTexts.unsealed),
    sections([...alsoChanges(proposal), ...warnings(proposal)].join('\n')),
    dryRun.ok
      ? undefined
      : sections(fixTexts.refusedByServer(literalUpTo(dryRun.detail ?? fixTexts.noReason, cardRoom.dryRun))),
  );
}

function warnings({ warnings: all }: Proposal): string[] {
  const lines = all
    .slice(0, cardRoom.warnings)
    .map((warning) => `:warning: ${literalUpTo(warning, cardRoom.warning)}`);
  const left = all.length - lines.length;
  return [...lines, ...(left > 0 ? [fixTexts.moreWarnings(left)] : [])];
}

function alsoChanges({ rollouts }: Proposal): string[] {
  const all = rollouts.flatMap((set) => set.alsoChanges);
  const left = all.length - cardRoom.alsoChanges;
  const shown = all
    .slice(0, cardRoom.alsoChanges)
    .map(({ node, from, to }) => literalUpTo(`${node}: ${from} → ${to}`, cardRoom.alsoChange))
    .join(', ');
  return shown === '' ? [] : [fixTexts.alsoChanges(`${shown}${left > 0 ? fixTexts.moreNodes(left) : ''}`)];
}

/** Who may say yes, and until when. */
export function cardApprovers(proposal: Proposal, terms: Terms): KnownBlock[] {
  const given = proposal.votes.filter(({ decision }) => decision === 'approve').length;
  const votes = proposal.quorum > 1 ? fixTexts.votes(given, proposal.quorum) : '';
  const reason = proposal.requireReason ? fixTexts.withReason : '';
  return sections(
    [
      fixTexts.approvers({
        who: entitledText(terms.approvers, terms.names),
        votes: `${votes}${reason}`,
        until: when(proposal.expiresAt),
      }),
      ...fourEyes(proposal, terms),
    ].join('\n'),
  );
}

function fourEyes({ undoAskedBy }: Proposal, { selfApproval, repairs }: Terms): string[] {
  if (undoAskedBy === undefined || selfApproval) return [];
  const who = mentionUser(undoAskedBy.user);
  return [repairs ? fixTexts.alsoByPresser(who) : fixTexts.notByPresser(who)];
}

/** What an approver may want to look up: why, the way back, how it goes, where it comes from. */
export function cardBackground(proposal: Proposal, terms: Terms): FoldedBlock[] {
  const { finding, undoes, undo, after, rollouts, dryRun, cluster, clusterUid } = proposal;
  const why =
    finding === undefined || undoes !== undefined
      ? []
      : [
          `${fixTexts.why(literalUpTo(finding.message, cardRoom.finding))}\n_${literal(labelOf(finding.about))}_ · ${code(finding.id)}`,
        ];
  const outlook =
    undoes === undefined ? `${fixTexts.wayBack[undo]} ${fixTexts.afterwards[after]}` : fixTexts.undoWayBack;
  const lines = [
    dryRun.ok ? fixTexts.triedOut : undefined,
    clusterUid === undefined
      ? undefined
      : fixTexts.whichCluster(escapeMrkdwn(cluster), escapeMrkdwn(shortUid(clusterUid))),
    terms.entry === undefined ? undefined : `:book: ${link(terms.entry.url, terms.entry.title)}`,
  ];
  return [
    ...sections(
      [...why, outlook, ...(rollouts.length === 0 ? [] : [fixTexts.rollout(terms.podReadySeconds)])].join(
        '\n',
      ),
    ),
    ...lines.filter((line) => line !== undefined).map((line) => context(line)),
  ];
}
