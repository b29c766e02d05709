import { isDeepStrictEqual } from 'node:util';
import type { Approvals } from '../../approvals/create-approvals.js';
import type { Clouds } from '../../cloud/ports.js';
import type { Clusters } from '../../cluster/ports.js';
import { labelOf } from '../../cluster/object-label.js';
import type { CheckRun } from '../../engine/checking/check-run.js';
import { isWholeCluster } from '../../engine/checking/run-scope.js';
import { isAcknetError } from '../../errors.js';
import type { Logger } from '../../ops/log.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { MessageRef, Proposal } from '../../proposals/proposal.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import type { Queues } from '../queues/queues.js';
import type { JobContext } from '../job-context.js';
import type { CheckJob } from '../queues/payloads.js';
import type { CheckReporter } from '../ports.js';
import { type DraftedFixes, draftFixes, fixesToPrepare } from './draft-fixes.js';
import { throwIfHandedOver } from './run-and-keep.js';

interface OfferPorts {
  readonly clusters: Clusters;
  readonly clouds: Clouds;
  readonly remediations: readonly Remediation[];
  readonly store: ProposalStore;
  readonly approvals: Approvals;
  readonly queues: Pick<Queues, 'card' | 'expireCard'>;
  readonly reporter: Pick<CheckReporter, 'cardThread'>;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly logger: Logger;
}

interface Found {
  readonly job: CheckJob;
  readonly run: CheckRun;
  readonly under: { readonly at: MessageRef; readonly context: JobContext };
  readonly muted: ReadonlySet<string>;
}

/** The check after a change offers what is on offer already: the same cards once more would bury the thread. */
export async function offerFixes(ports: OfferPorts, found: Found): Promise<DraftedFixes> {
  const { job, run, muted } = found;
  if (job.after === undefined) return draftAndStore(ports, found);
  const open = await ports.store.open(job.cluster);
  return {
    proposals: open.filter((proposal) => proposal.state === 'proposed' && proposal.run === job.after?.run),
    refusals: fixesToPrepare(ports.remediations, run, muted),
  };
}

async function draftAndStore(ports: OfferPorts, found: Found): Promise<DraftedFixes> {
  const { job, run, under, muted } = found;
  const thread = { channel: under.at.channel, threadTs: job.threadTs ?? under.at.ts };
  const access = ports.clusters.get(job.cluster);
  const drafts = await draftFixes(ports, { job, run, access, thread, muted, signal: under.context.signal });
  throwIfHandedOver(under.context);
  const open = await ports.store.open(job.cluster);
  const place = drafts.proposals.length > 0 ? await ports.reporter.cardThread(job, under.at) : thread;
  const proposals: Proposal[] = [];
  for (const draft of drafts.proposals.map((one) => ({ ...one, thread: place }))) {
    const kept = (await sameOnOffer(ports, open, draft)) ?? draft;
    if (kept === draft) await ports.store.create(draft);
    await ports.queues.expireCard({ proposalId: kept.id, at: new Date(kept.expiresAt) });
    proposals.push(kept);
  }
  await supersedeOlder(ports, { job, run, proposals });
  return { ...drafts, proposals };
}

/** One card that stands already: an earlier attempt at this job stored it, or an earlier check offers the very same. */
async function sameOnOffer(
  { store, now }: OfferPorts,
  open: readonly Proposal[],
  draft: Proposal,
): Promise<Proposal | undefined> {
  const { run, thread, finding, remediation, digest } = draft;
  const own = open.find((old) => old.run === run && old.remediation === remediation && old.digest === digest);
  const earlier = own ?? open.find((old) => isFresh(old, now()) && isSameOffer(old, draft));
  if (own !== undefined || earlier === undefined) return own;
  try {
    return await store.offerAgain(earlier.id, { run, thread, finding });
  } catch (error) {
    // Decided in this moment: then this is a fix of its own.
    if (isAcknetError(error, 'proposal.state')) return undefined;
    throw error;
  }
}

/** Who reads it now has at least half of the time that a new card would give them. */
function isFresh({ state, run, createdAt, expiresAt }: Proposal, now: Date): boolean {
  const [from, to] = [Date.parse(createdAt), Date.parse(expiresAt)];
  return state === 'proposed' && run !== undefined && now.getTime() < (from + to) / 2;
}

/** All that a card says and that a vote is about, but for the words of the finding, which may tell the time. */
const isSameOffer = (one: Proposal, other: Proposal): boolean =>
  isDeepStrictEqual(offerOf(one), offerOf(other));

function offerOf(proposal: Proposal): unknown {
  const { id, createdAt, expiresAt, run, thread, card, cardBefore, votes, ...offer } = proposal;
  const lasts = Date.parse(expiresAt) - Date.parse(createdAt);
  return JSON.parse(JSON.stringify({ ...offer, lasts, finding: { ...offer.finding, message: '' } }));
}

interface Looked {
  readonly job: CheckJob;
  readonly run: CheckRun;
  /** Those of this run. */
  readonly proposals: readonly Proposal[];
}

/**
 * Only cards about what this run could look at: a check that was not readable leaves its old card as it is. A run of a
 * part of the cluster has seen just what it offers a card for: of one fix no second one stays open.
 */
async function supersedeOlder(ports: OfferPorts, { job, run, proposals }: Looked): Promise<void> {
  const read = new Set(run.checks.filter(({ outcome }) => outcome !== 'unknown').map(({ id }) => id));
  const looksAgain = ({ finding }: Proposal): boolean =>
    isWholeCluster(job.scope) && finding !== undefined && read.has(finding.check);
  const offered = new Set(proposals.map(fixKey));
  const examined = (old: Proposal): boolean => looksAgain(old) || offered.has(fixKey(old));
  const ended = await ports.approvals.supersede(job.cluster, job.runId, examined);
  for (const { id } of ended) await ports.queues.card({ proposalId: id });
}

const fixKey = ({ remediation, target }: Proposal): string =>
  `${remediation} ${target === undefined ? '' : labelOf(target)}`;
