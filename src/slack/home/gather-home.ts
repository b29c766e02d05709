import type { Approvals } from '../../approvals/create-approvals.js';
import type { Mutes } from '../../approvals/create-mutes.js';
import type { Clusters } from '../../cluster/ports.js';
import type { CheckRun } from '../../engine/checking/check-run.js';
import { diagnose } from '../../engine/diagnosis/diagnose.js';
import { verdictOf } from '../../engine/diagnosis/verdict-of.js';
import type { RunStore } from '../../jobs/check/create-run-store.js';
import type { Queues, RunningCheck } from '../../jobs/queues/queues.js';
import type { Schedules } from '../../jobs/schedule/create-schedules.js';
import { everyCluster, type Schedule } from '../../jobs/schedule/schedule.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { MessageRef, Person, Proposal } from '../../proposals/proposal.js';
import { isMuted, mutedOf } from '../checks/views/is-muted.js';
import { visible } from '../commands/visible-clusters.js';
import { linkedCards } from '../fixes/linked-cards.js';
import type { HomeCluster, HomeContent, HomeRun, Permalink } from './home-content.js';

export interface GatherPorts {
  readonly approvals: Pick<Approvals, 'maySee' | 'mayApprove'>;
  readonly clusters: Pick<Clusters, 'names'>;
  readonly queues: Pick<Queues, 'running'>;
  readonly store: Pick<ProposalStore, 'open'>;
  readonly runs: Pick<RunStore, 'last'>;
  readonly mutes: Pick<Mutes, 'active'>;
  readonly schedules: Pick<Schedules, 'all' | 'next'>;
  readonly permalink: Permalink;
}

/** More are counted, not shown: a Home has room for 100 blocks, and each needs a look at what Redis holds. */
export const SHOWN = { clusters: 20, cards: 8, runs: 8, schedules: 8 };

/** Read anew for each person: what one may see and decide is theirs alone. */
export async function gatherHome(ports: GatherPorts, who: Person): Promise<HomeContent> {
  const { clusters, queues, store, schedules } = ports;
  const [running, open, set, names] = await Promise.all([
    queues.running(),
    store.open(),
    schedules.all(),
    visible(
      ports,
      who,
      clusters.names.map((cluster) => ({ cluster })),
    ),
  ]);
  const seen = new Set(names.map(({ cluster }) => cluster));
  const runs = running.filter(({ job }) => seen.has(job.cluster));
  const cards = open.filter(({ cluster }) => seen.has(cluster));
  const mineToSee = set.filter((schedule) => concerns(schedule, who, seen));
  const waiting = cards.filter(({ state }) => state === 'proposed');
  const mine = await Promise.all(
    waiting.map(async (proposal) => ((await ports.approvals.mayApprove(who, proposal)).ok ? [proposal] : [])),
  );
  return {
    clusters: await Promise.all(
      [...seen].map((name, at) => clusterOf(ports, { name, runs, isShown: at < SHOWN.clusters })),
    ),
    approvals: await linked(ports, mine.flat()),
    runs: await Promise.all(runs.map((run, at) => runOf(ports, run, at < SHOWN.runs))),
    fixes: await linked(
      ports,
      cards.filter(({ state }) => state !== 'proposed'),
    ),
    schedules: await Promise.all(
      mineToSee.map(async (schedule, at) => ({
        schedule,
        isHere: false,
        next: at < SHOWN.schedules ? await schedules.next(schedule) : undefined,
      })),
    ),
  };
}

/** What posts in a direct message is the business of who has it there alone. */
const concerns = (
  { cluster, channel, by, ended }: Schedule,
  who: Person,
  seen: ReadonlySet<string>,
): boolean =>
  ended === undefined &&
  (cluster === everyCluster ? seen.size > 0 : seen.has(cluster)) &&
  (!channel.startsWith('D') || by?.user === who.user);

interface Seen {
  readonly name: string;
  readonly runs: readonly RunningCheck[];
  readonly isShown: boolean;
}

async function clusterOf(ports: GatherPorts, { name, runs, isShown }: Seen): Promise<HomeCluster> {
  const isRunning = runs.some(({ job }) => job.cluster === name);
  const last = isShown ? await ports.runs.last(name) : undefined;
  if (last === undefined) return { name, isRunning };
  const { run } = last;
  const mutes = await ports.mutes.active(name);
  const hides = (finding: CheckRun['checks'][number]['findings'][number]) => isMuted(finding, mutes);
  const muted = mutedOf(run, mutes);
  return {
    name,
    isRunning,
    last: { at: run.startedAt, verdict: verdictOf(run, diagnose(run, hides), { muted }) },
  };
}

const linked = (ports: GatherPorts, proposals: readonly Proposal[]) =>
  linkedCards(proposals, { linkTo: (at) => linkTo(ports, at), most: SHOWN.cards });

async function runOf(
  ports: GatherPorts,
  { job, state, at }: RunningCheck,
  isShown: boolean,
): Promise<HomeRun> {
  const link = isShown ? await linkTo(ports, at) : undefined;
  const isScheduled = job.schedule !== undefined;
  return { cluster: job.cluster, state, requestedBy: job.requestedBy?.user, isScheduled, link };
}

/** A direct message opens for its two people alone. */
const linkTo = async ({ permalink }: GatherPorts, at: MessageRef | undefined): Promise<string | undefined> =>
  at === undefined || at.channel.startsWith('D') ? undefined : permalink(at);
