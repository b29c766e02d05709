import pLimit from 'p-limit';
import type { Approvals } from '../../approvals/create-approvals.js';
import type { Finding } from '../../checks/judging/define-check.js';
import type { Clouds } from '../../cloud/ports.js';
import type { ClusterAccess } from '../../cluster/ports.js';
import type { CheckRun } from '../../engine/checking/check-run.js';
import { findingKey } from '../../engine/checking/finding-key.js';
import { type Draft, draftProposal } from '../../engine/planning/draft-proposal.js';
import { mask } from '../../masking/mask.js';
import type { Logger } from '../../ops/log.js';
import type { Proposal } from '../../proposals/proposal.js';
import { needsParams, type Remediation } from '../../remediations/define-remediation.js';
import { asAcknetError } from '../as-acknet-error.js';
import type { CheckJob } from '../queues/payloads.js';
import type { RefusedFix } from '../ports.js';

interface DraftPorts {
  readonly clouds: Pick<Clouds, 'get'>;
  readonly remediations: readonly Remediation[];
  readonly approvals: Approvals;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly logger: Logger;
}

interface DraftRequest {
  readonly job: CheckJob;
  readonly run: CheckRun;
  readonly access: ClusterAccess;
  readonly thread: { readonly channel: string; readonly threadTs: string };
  /** Ids of findings that are known exceptions: no fix is offered for these. */
  readonly muted: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

export interface DraftedFixes {
  readonly proposals: readonly Proposal[];
  readonly refusals: readonly RefusedFix[];
}

/** A card each; more would bury the result, and the rest are named as not offered. */
const MAX_DRAFTS = 20;
const AT_A_TIME = 3;

/** Drafts the fixes there are for the problems a run found; advice is acted on by request. Same fix, one draft. */
export async function draftFixes(ports: DraftPorts, request: DraftRequest): Promise<DraftedFixes> {
  if (ports.approvals.mayPropose(request.job.cluster) !== true) return { proposals: [], refusals: [] };
  const offers = offersOf(ports.remediations, request);
  const limit = pLimit(AT_A_TIME);
  const drafts = await Promise.all(
    offers.slice(0, MAX_DRAFTS).map((offer) => limit(() => draftOne(ports, request, offer))),
  );
  const left = offers.slice(MAX_DRAFTS).map(
    (offer): RefusedFix => ({
      ...namesOf(offer),
      reason: `More than ${MAX_DRAFTS} fixes are possible at once. Apply some, then check again.`,
    }),
  );
  return {
    proposals: distinct(drafts.flatMap(({ proposal }) => (proposal ? [proposal] : []))),
    refusals: [...drafts.flatMap(({ refusal }) => (refusal ? [refusal] : [])), ...left],
  };
}

/** The fixes for what a run found that must be told what to set; they need no draft to be offered. */
export function fixesToPrepare(
  remediations: readonly Remediation[],
  run: CheckRun,
  muted: ReadonlySet<string>,
): readonly RefusedFix[] {
  return offersOf(remediations, { run, muted })
    .filter(({ remediation }) => needsParams(remediation))
    .map((offer) => ({ ...namesOf(offer), ...toldWhat }));
}

const toldWhat = { reason: 'It must be told what to set.', needsParams: true } as const;

interface Offer {
  readonly remediation: Remediation;
  readonly finding: Finding;
}

const namesOf = ({ remediation, finding }: Offer): Pick<RefusedFix, 'remediation' | 'finding' | 'about'> => ({
  remediation: remediation.id,
  finding: finding.id,
  about: { ...finding.about },
});

function offersOf(
  remediations: readonly Remediation[],
  { run, muted }: Pick<DraftRequest, 'run' | 'muted'>,
): readonly Offer[] {
  const offers = run.checks
    .flatMap(({ findings }) => findings as readonly Finding[])
    .filter(({ id, severity }) => severity === 'problem' && !muted.has(id))
    .flatMap((finding) =>
      remediations
        .filter(({ fixes }) => fixes.includes(finding.id))
        .map((remediation): Offer => ({ remediation, finding })),
    );
  return [...new Map(offers.map((offer) => [offerKey(offer), offer])).values()];
}

const offerKey = ({ remediation, finding }: Offer): string => `${remediation.id} ${findingKey(finding)}`;

async function draftOne(
  ports: DraftPorts,
  request: DraftRequest,
  offer: Offer,
): Promise<{ proposal?: Proposal; refusal?: RefusedFix }> {
  if (needsParams(offer.remediation)) return { refusal: { ...namesOf(offer), ...toldWhat } };
  const draft = await draftOf(ports, request, offer).catch((error: unknown) =>
    faultOf(ports, request, { offer, error }),
  );
  if (draft.kind === 'proposal') return { proposal: draft.proposal };
  if (draft.kind === 'nothing') return {};
  const { reason, hint } = draft;
  return { refusal: { ...namesOf(offer), reason, hint } };
}

/** One fix that cannot be drafted must not cost the result of the whole check. */
function faultOf(
  { logger }: DraftPorts,
  { job, signal }: DraftRequest,
  { offer, error }: { offer: Offer; error: unknown },
): Draft {
  if (signal.aborted) return { kind: 'nothing' };
  logger.error({ err: error, cluster: job.cluster, ...namesOf(offer) }, 'a fix could not be drafted');
  const { message, hint } = asAcknetError(error);
  return { kind: 'refused', reason: mask(message), hint };
}

function draftOf(
  ports: DraftPorts,
  { job, access, thread, signal }: DraftRequest,
  { remediation, finding }: Offer,
): Promise<Draft> {
  return draftProposal({
    access,
    cloud: ports.clouds.get(job.cluster),
    remediation,
    finding: { id: finding.id, check: finding.check, message: finding.message, about: finding.about },
    now: ports.now(),
    nextId: ports.newId,
    signal,
    terms: (risk) => ports.approvals.terms(job.cluster, risk),
    requestedBy: job.requestedBy,
    thread,
    run: job.runId,
  });
}

/** Two findings may lead to the very same change. */
const distinct = (proposals: readonly Proposal[]): readonly Proposal[] =>
  [
    ...new Map(
      [...proposals].reverse().map((proposal) => [`${proposal.remediation} ${proposal.digest}`, proposal]),
    ).values(),
  ].reverse();
