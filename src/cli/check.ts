import path from 'node:path';
import { checks } from '../checks/index.js';
import { chooseChecks } from '../checks/judging/choose-checks.js';
import { checksOnPath, readPath } from '../checks/judging/named-path.js';
import { type BlindSpot, createCheckReport } from '../engine/checking/check-report.js';
import { type CheckRun, countOutcomes } from '../engine/checking/check-run.js';
import { refuseUnknownScope } from '../engine/checking/refuse-unknown-scope.js';
import { runChecks, symptomsFor } from '../engine/checking/run-checks.js';
import { runOutcome } from '../engine/checking/run-outcome.js';
import type { RunProgress } from '../engine/checking/run-progress.js';
import { isNarrowed, type RunScope } from '../engine/checking/run-scope.js';
import { diagnose } from '../engine/diagnosis/diagnose.js';
import { verdictOf } from '../engine/diagnosis/verdict-of.js';
import { loadIntents } from '../intents/load-intents.js';
import { mask, maskedJson } from '../masking/mask.js';
import { verdictWords } from '../texts/verdict.js';
import { type ClusterFlags, openClusters } from './open-cluster.js';
import type { CommandResult, Runtime } from './runtime.js';
import { exitCodes } from './terminal/exit-codes.js';
import { renderReport } from './terminal/render-report.js';

interface CheckFlags extends ClusterFlags {
  readonly json?: boolean;
  /** Comma list. */
  readonly ns?: string;
  readonly node?: string;
  /** Two ends, and what goes between them. */
  readonly from?: string;
  readonly to?: string;
  readonly port?: string;
}

/** Exit code 0 nothing found, also where no check that was asked for applies, 1 found, 2 something could not be read and nothing was found. */
export async function check(
  cluster: string,
  named: readonly string[],
  { flags, runtime }: { flags: CheckFlags; runtime: Runtime },
): CommandResult {
  const scope = scopeOf(flags);
  const ids = checksOnPath(named, { path: scope.path, narrowed: isNarrowed(scope) });
  const chosen = chooseChecks(checks, ids);
  const { clusters, clouds, deadlineMs } = await openClusters(cluster, flags, runtime);
  try {
    const access = clusters.get(cluster);
    await refuseUnknownScope({ access, scope, signal: runtime.stop });
    const run = await runChecks({
      access,
      cloud: clouds.get(cluster),
      checks: chosen,
      now: runtime.now,
      deadlineMs,
      signal: runtime.stop,
      symptoms: symptomsFor(ids, checks),
      scope,
      onProgress: runtime.stderr.isTTY && !flags.json ? (at) => showProgress(at, runtime) : undefined,
    });
    const report = createCheckReport(run, await blindSpots(runtime));
    runtime.stdout.write(
      flags.json
        ? maskedJson(report)
        : renderReport(report, verdictWords(verdictOf(run, diagnose(run), { muted: 0 }))),
    );
    return exitCodeOf(run);
  } finally {
    await Promise.all([clusters.close(), clouds.close()]);
  }
}

const scopeOf = (flags: CheckFlags): RunScope => ({
  namespaces: flags.ns?.split(',').filter(Boolean) ?? [],
  node: flags.node,
  path: readPath(flags),
});

function exitCodeOf({ checks, recovering }: Pick<CheckRun, 'checks' | 'recovering'>): number {
  const outcome = runOutcome(checks, countOutcomes(checks).problems, recovering?.length);
  if (outcome === 'found') return exitCodes.found;
  return outcome === 'clear' || outcome === 'not-applicable' ? exitCodes.done : exitCodes.notReadable;
}

async function blindSpots({ root }: Pick<Runtime, 'root'>): Promise<readonly BlindSpot[]> {
  const intents = await loadIntents(path.join(root, 'intents'));
  return intents.flatMap(({ id, area, blind }) =>
    blind === undefined ? [] : [{ intent: id, area, where: blind }],
  );
}

function showProgress({ areas }: RunProgress, { stderr }: Runtime): void {
  const parts = areas.map(({ area, done, total }) => `${area} ${done}/${total}`);
  const end = areas.every(({ done, total }) => done === total) ? '\n' : '';
  stderr.write(mask(`\r\u001B[2K${parts.join('  ')}${end}`));
}
