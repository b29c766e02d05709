import { setMaxListeners } from 'node:events';
import type { Check, Mended, Verdict } from '../../checks/judging/define-check.js';
import type { CloudAction } from '../../cloud/actions.js';
import { mostCalls } from '../../cloud/budget/limits.js';
import type { CloudAccess } from '../../cloud/ports.js';
import { readClusterUid } from '../../cluster/identity/cluster-uid.js';
import { gatherIdentity } from '../../cluster/identity/gather-identity.js';
import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import type { ClusterAccess, ClusterReader } from '../../cluster/ports.js';
import { maskAll } from '../../masking/mask.js';
import { createScopedReaders } from '../narrowing/scoped-reader.js';
import { examineSymptoms, unexplainedCheck } from '../symptoms/examine-symptoms.js';
import { settleVague } from '../symptoms/relating/settle-vague.js';
import type { CheckResult, CheckRun } from './check-run.js';
import { judgeCheck, type Pass } from './judging/judge-check.js';
import { momentOf } from './judging/judge-context.js';
import { keptResult } from './keep-result.js';
import { clockOffset, offsetToTell } from './reading/server-time.js';
import { cloudRank } from './reading/cloud-rank.js';
import { createSharedCloud, type SharedCloud } from './reading/shared-cloud-reader.js';
import { createSharedReader } from './reading/shared-reader.js';
import { createProgress, type RunProgress } from './run-progress.js';
import { isNarrowed, isWholeCluster, type RunScope } from './run-scope.js';
import { unknownVerdict, untilStopped } from './unfinished.js';

export interface RunOptions {
  readonly access: ClusterAccess;
  /** The account the cluster lives in; absent = not connected. */
  readonly cloud?: CloudAccess | undefined;
  /** Calls to the cloud that this run is not worth; a check that makes one, or decides nothing by the cloud, is judged as if it were not connected. */
  readonly spare?: readonly CloudAction[] | undefined;
  readonly checks: readonly Check[];
  readonly now: () => Date;
  /** The whole run's limit; what did not finish by then is `unknown`. */
  readonly deadlineMs: number;
  /** Cancels the run: it ends at once, and what did not finish is `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /** Only evidence newer than this proves anything (verification after a fix). */
  readonly since?: Date | undefined;
  /** Only what concerns these, with names and counts narrowed to them; what is the whole cluster's stays. */
  readonly scope?: RunScope | undefined;
  /**
   * What shows without a known cause is a problem (`whole`: the run speaks for the cluster), or advice (`beside`: it was
   * asked for less). Absent = symptoms are not looked at, as in the verification of a fix.
   */
  readonly symptoms?: 'whole' | 'beside' | undefined;
  /** Fixes of this cluster that ended lately, by our clock; what they ended is told as recovering. */
  readonly mended?: readonly Mended[] | undefined;
  readonly inFlight?: number;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
}

/** Runs the checks side by side in one shared pass over the API. Never rejects: a fault is an outcome. */
export async function runChecks(options: RunOptions): Promise<CheckRun> {
  const startedAt = options.now();
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort('deadline'), options.deadlineMs);
  const stop = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
  // Each check and each request listens; that many is no leak.
  setMaxListeners(0, stop);
  try {
    const { clusterUid, identity, results, symptoms, recovering, clockOffsetMs } = await runAll(
      options,
      stop,
    );
    return {
      schema: 1,
      cluster: options.access.name,
      clusterUid,
      startedAt: startedAt.toISOString(),
      durationMs: options.now().getTime() - startedAt.getTime(),
      identity,
      scope: options.scope && !isWholeCluster(options.scope) ? options.scope : undefined,
      clockOffsetSeconds: offsetToTell(clockOffsetMs),
      cloud: options.cloud === undefined ? 'absent' : 'connected',
      checks: results,
      symptoms,
      recovering,
    };
  } finally {
    clearTimeout(timer);
    ended.abort('finished');
  }
}

const unread: ClusterIdentity = {
  plugin: { known: false, code: 'check.deadline', detail: 'the run ended before.' },
  flavor: 'unknown',
  dualStack: 'unknown',
};

interface Outcome extends Pick<CheckRun, 'symptoms' | 'recovering' | 'clusterUid'> {
  readonly identity: ClusterIdentity;
  readonly results: CheckResult[];
  readonly clockOffsetMs: number;
}

async function runAll(options: RunOptions, stop: AbortSignal): Promise<Outcome> {
  const board = createProgress(options);
  let shared: ClusterReader;
  try {
    shared = createSharedReader(options.access.reader(stop), options.inFlight ?? 6);
  } catch (error) {
    return {
      identity: unread,
      clockOffsetMs: 0,
      results: options.checks.map((check) => keptResult(check, unknownVerdict(error, options))),
    };
  }
  const { scope } = options;
  const scoped = scope && isNarrowed(scope) ? createScopedReaders(shared, scope) : undefined;
  const reader = scoped?.whole ?? shared;
  const cloud = sharedCloud(options, stop);
  const [identity, clusterUid] = await Promise.all([
    untilStopped(gatherIdentity(reader), stop).catch(() => unread),
    untilStopped(readClusterUid(reader), stop).catch(() => undefined),
  ]);
  const run = async (check: Check, before: Promise<unknown>): Promise<CheckResult> => {
    const pass = { reader, scoped, cloud, identity, options, stop, before };
    const result = keptResult(check, await judgeCheck(check, pass));
    board(result);
    return result;
  };
  const deciding = options.checks.map((check) =>
    decidesByCloud(check) ? run(check, Promise.resolve()) : undefined,
  );
  // Else what decides nothing would use up the account's budget where its Kubernetes part ends first.
  const decided = Promise.allSettled(deciding);
  const results = await Promise.all(
    options.checks.map((check, index) => deciding[index] ?? run(check, decided)),
  );
  const clockOffsetMs = clockOffset(reader, options.now());
  const read = { clusterUid, identity, clockOffsetMs };
  if (options.symptoms === undefined) return { ...read, results };
  const { verdict, symptoms, recovering, ...examined } = await examine({ reader, options, stop }, results);
  const speaks = verdict.findings.length > 0 || (verdict.unknown && options.symptoms === 'whole');
  const settled = settleVague(examined.results, symptoms ?? []);
  return {
    ...read,
    results: speaks ? [...settled, keptResult(unexplainedCheck, verdict)] : [...settled],
    symptoms: maskAll(symptoms),
    recovering: maskAll(recovering),
  };
}

async function examine(
  { reader, options, stop }: Pick<Pass, 'reader' | 'stop'> & { readonly options: RunOptions },
  results: readonly CheckResult[],
): Promise<
  { verdict: Verdict; results: readonly CheckResult[] } & Pick<CheckRun, 'symptoms' | 'recovering'>
> {
  const { scope } = options;
  const whole = options.symptoms === 'whole';
  try {
    return await untilStopped(
      examineSymptoms({ ...momentOf({ reader, options }), reader, results, whole, scope }),
      stop,
    );
  } catch (error) {
    return { results, verdict: unknownVerdict(error, options) };
  }
}

/** A run of most checks speaks for the cluster, like one of all. */
export const symptomsFor = (asked: readonly unknown[], all: readonly unknown[]): 'whole' | 'beside' =>
  asked.length === 0 || asked.length > all.length / 2 ? 'whole' : 'beside';

/** What waits for its share of the rate limit is given up some seconds early, so that the rest is still said in time. */
const sharedCloud = ({ cloud, deadlineMs }: RunOptions, signal: AbortSignal): SharedCloud | undefined =>
  cloud && createSharedCloud(cloud.reader({ signal, patienceMs: deadlineMs * 0.8 }), mostCalls.atOnce);

/** Its problems go before what pages by the hundred, mere advice and facts. */
const decidesByCloud = (check: Check): boolean => cloudRank(check) >= 1;
