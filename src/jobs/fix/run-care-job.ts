import type { Check } from '../../checks/judging/define-check.js';
import type { Clouds } from '../../cloud/ports.js';
import type { Clusters } from '../../cluster/ports.js';
import type { Sight } from '../../engine/changing/verifying/judge-check.js';
import { sightOf } from '../../engine/changing/verifying/verify-fix.js';
import { runChecks } from '../../engine/checking/run-checks.js';
import { mask } from '../../masking/mask.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { Care, Proposal } from '../../proposals/proposal.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { throwIfHandedOver } from '../check/run-and-keep.js';
import type { Queues } from '../queues/queues.js';
import type { JobContext, JobHandler } from '../job-context.js';
import type { CareJob } from '../queues/payloads.js';
import type { CardPresenter } from '../ports.js';

interface CarePorts {
  readonly store: ProposalStore;
  readonly clusters: Clusters;
  readonly clouds: Clouds;
  readonly checks: readonly Check[];
  readonly remediations: readonly Remediation[];
  readonly presenter: Pick<CardPresenter, 'cameBack'>;
  readonly queues: Pick<Queues, 'card'>;
  readonly now: () => Date;
  readonly deadlineMs: number;
}

/** Looks whether a fix that worked still does. That it held stands on its card alone; that it did not is told. */
export function createCareHandler(ports: CarePorts): JobHandler<CareJob> {
  return async ({ proposalId, hours }, context) => {
    const proposal = await ports.store.get(proposalId);
    if (proposal === undefined || !isToBeLookedAt(proposal, hours)) return;
    const sight = await look(ports, proposal, context);
    throwIfHandedOver(context);
    const care: Care = {
      hours,
      at: ports.now().toISOString(),
      outcome: outcomeOf(sight),
      detail: mask(sight.detail),
    };
    if (care.outcome === 'back') await ports.presenter.cameBack(proposal, care);
    await ports.store.recordCare(proposalId, care);
    await ports.queues.card({ proposalId });
  };
}

/** Not once it was put back, nor once it is told that it did not hold: both are known. */
const isToBeLookedAt = ({ state, undone, undoneBy, care = [] }: Proposal, hours: number): boolean =>
  state === 'fixed' &&
  undone === undefined &&
  undoneBy === undefined &&
  !care.some((one) => one.hours === hours || one.outcome === 'back');

/** What else the check finds by then is no word on the fix. */
function outcomeOf({ outcome, other }: Sight): Care['outcome'] {
  if (outcome === 'fixed') return 'held';
  if (outcome === 'unproven') return 'untold';
  return other === true ? 'held' : 'back';
}

/** By the very proof that it worked. */
async function look(ports: CarePorts, proposal: Proposal, { signal, givenUp }: JobContext): Promise<Sight> {
  if (givenUp !== undefined) return { outcome: 'unproven', detail: givenUp.message };
  const { cluster } = proposal;
  const access = ports.clusters.get(cluster);
  return sightOf(
    {
      access,
      signal,
      store: ports.store,
      now: ports.now,
      remediation: (wanted) => ports.remediations.find(({ id }) => id === wanted),
      runChecks: (ids, since) =>
        runChecks({
          access,
          cloud: ports.clouds.get(cluster),
          since,
          signal,
          now: ports.now,
          deadlineMs: ports.deadlineMs,
          checks: ports.checks.filter(({ id }) => ids.includes(id)),
        }),
    },
    proposal,
  );
}
