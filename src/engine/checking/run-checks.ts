import { setMaxListeners } from 'node:events';
import type { Area, Check, JudgeContext, Verdict } from '../../checks/define-check.js';
import { readClusterUid } from '../../cluster/cluster-uid.js';
import { gatherIdentity } from '../../cluster/gather-identity.js';
import type { ClusterIdentity } from '../../cluster/identity.js';
import type { ClusterAccess, ClusterReader } from '../../cluster/ports.js';
import { isAcknetError } from '../../errors.js';
import { maskAll } from '../../masking/mask.js';
import { examineSymptoms, unexplainedCheck } from '../symptoms/examine-symptoms.js';
import { settleVague } from '../symptoms/settle-vague.js';
import type { CheckResult, CheckRun } from './check-run.js';
import { keptResult } from './keep-result.js';
import { leftOpen } from './left-open.js';
import { inScope, isWholeCluster, type RunScope } from './run-scope.js';
import { clockOffset, offsetToTell, serverNow } from './server-time.js';
import { createSharedReader } from './shared-reader.js';

export interface RunProgress {
  readonly areas: readonly {
    readonly area: Area;
    readonly done: number;
    readonly total: number;
    readonly found: number;
  }[];
}

export interface RunOptions {
  readonly access: ClusterAccess;
  readonly checks: readonly Check[];
  readonly now: () => Date;
  /** The whole run's limit; what did not finish by then is `unknown`. */
  readonly deadlineMs: number;
  /** Cancels the run: it ends at once, and what did not finish is `unknown`. */
  readonly signal?: AbortSignal | undefined;
  /** Only evidence newer than this proves anything (verification after a fix). */
  readonly since?: Date | undefined;
  /** Only findings about these; facts and reads stay the whole cluster's. */
  readonly scope?: RunScope | undefined;
  /**
   * What shows without a known cause is a problem (`whole`: the run speaks for the cluster), or advice (`beside`: it was
   * asked for less). Absent = symptoms are not looked at, as in the verification of a fix.
   */
  readonly symptoms?: 'whole' | 'beside' | undefined;
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
    const { clusterUid, identity, results, symptoms, clockOffsetMs } = await runAll(options, stop);
    return {
      schema: 1,
      cluster: options.access.name,
      clusterUid,
      startedAt: startedAt.toISOString(),
      durationMs: options.now().getTime() - startedAt.getTime(),
      identity,
      ...(options.scope && !isWholeCluster(options.scope) && { scope: options.scope }),
      clockOffsetSeconds: offsetToTell(clockOffsetMs),
      checks: results,
      symptoms,
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

interface Outcome extends Pick<CheckRun, 'symptoms' | 'clusterUid'> {
  readonly identity: ClusterIdentity;
  readonly results: CheckResult[];
  readonly clockOffsetMs: number;
}

async function runAll(options: RunOptions, stop: AbortSignal): Promise<Outcome> {
  const board = createBoard(options);
  let reader: ClusterReader;
  try {
    reader = createSharedReader(options.access.reader(stop), options.inFlight ?? 6);
  } catch (error) {
    return {
      identity: unread,
      clockOffsetMs: 0,
      results: options.checks.map((check) => keptResult(check, unknownVerdict(error, options))),
    };
  }
  const [identity, clusterUid] = await Promise.all([
    untilStopped(gatherIdentity(reader), stop).catch(() => unread),
    untilStopped(readClusterUid(reader), stop).catch(() => undefined),
  ]);
  const results = await Promise.all(
    options.checks.map(async (check) => {
      const result = keptResult(check, await runOne(check, { reader, identity, options, stop }));
      board(result);
      return result;
    }),
  );
  const pass = { reader, identity, options, stop };
  const clockOffsetMs = clockOffset(reader, options.now());
  const read = { clusterUid, identity, clockOffsetMs };
  if (options.symptoms === undefined) return { ...read, results };
  const { verdict, symptoms } = await examine(pass, results);
  const speaks = verdict.findings.length > 0 || (verdict.unknown && options.symptoms === 'whole');
  const settled = settleVague(results, symptoms ?? []);
  return {
    ...read,
    results: speaks ? [...settled, keptResult(unexplainedCheck, verdict)] : [...settled],
    symptoms: maskAll(symptoms),
  };
}

async function examine(
  { reader, options, stop }: Pass,
  results: readonly CheckResult[],
): Promise<{ verdict: Verdict; symptoms?: CheckRun['symptoms'] }> {
  const { scope, now } = options;
  const whole = options.symptoms === 'whole';
  try {
    return await untilStopped(
      examineSymptoms({ reader, now: serverNow(reader, now()), results, whole, scope }),
      stop,
    );
  } catch (error) {
    return { verdict: unknownVerdict(error, options) };
  }
}

/** A run of most checks speaks for the cluster, like one of all. */
export const symptomsFor = (asked: readonly unknown[], all: readonly unknown[]): 'whole' | 'beside' =>
  asked.length === 0 || asked.length > all.length / 2 ? 'whole' : 'beside';

interface Pass {
  readonly reader: ClusterReader;
  readonly identity: ClusterIdentity;
  readonly options: RunOptions;
  readonly stop: AbortSignal;
}

async function runOne(check: Check, { reader, identity, options, stop }: Pass): Promise<Verdict> {
  const applies = check.appliesTo(identity);
  if (typeof applies === 'string')
    return { outcome: 'not-applicable', findings: [], facts: [], reason: applies };
  try {
    const facts = await untilStopped(check.gather(reader), stop);
    const verdict = inScope(check.judge(facts, contextOf({ reader, identity, options })), options.scope);
    return applies === true ? verdict : leftOpen(verdict, applies.undecided);
  } catch (error) {
    return unknownVerdict(error, options);
  }
}

/** What happened in the cluster is dated by the server's clock, so it is judged by that one. `since` was taken by ours. */
function contextOf({ reader, identity, options }: Omit<Pass, 'stop'>): JudgeContext {
  const now = options.now();
  const offset = clockOffset(reader, now);
  const since = options.since && new Date(options.since.getTime() + offset);
  return { now: serverNow(reader, now), identity, since };
}

class Stopped extends Error {}

/** A check that ignores the signal is not waited for. */
function untilStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  return new Promise<T>((resolve, reject) => {
    const onStop = () => reject(new Stopped());
    if (stop.aborted) return onStop();
    stop.addEventListener('abort', onStop, { once: true });
    work.then(resolve, reject).finally(() => stop.removeEventListener('abort', onStop));
  });
}

function unknownVerdict(error: unknown, options: RunOptions): Verdict {
  return { outcome: 'unknown', findings: [], facts: [], unknown: faultOf(error, options) };
}

function faultOf(error: unknown, { signal, deadlineMs }: RunOptions): { code: string; detail: string } {
  if (error instanceof Stopped || (error instanceof Error && error.name === 'AbortError')) {
    return signal?.aborted
      ? { code: 'check.cancelled', detail: 'The run was cancelled before this check finished.' }
      : { code: 'check.deadline', detail: `Not finished within ${deadlineMs / 1000} s.` };
  }
  if (isAcknetError(error)) return { code: error.code, detail: error.message };
  return {
    code: 'check.broken',
    detail: `A fault in acknet: ${error instanceof Error ? error.message : String(error)}`,
  };
}

/** Counts per area, told after each check that ends. */
function createBoard({ checks, onProgress }: RunOptions): (result: CheckResult) => void {
  const areas = new Map<Area, { area: Area; done: number; total: number; found: number }>();
  for (const { area } of checks) {
    const entry = areas.get(area) ?? { area, done: 0, total: 0, found: 0 };
    areas.set(area, { ...entry, total: entry.total + 1 });
  }
  return (result) => {
    const entry = areas.get(result.area);
    if (entry) {
      entry.done += 1;
      entry.found += result.outcome === 'found' ? 1 : 0;
    }
    onProgress?.({ areas: [...areas.values()].map((area) => ({ ...area })) });
  };
}
