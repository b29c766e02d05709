import type { Check, Verdict } from '../../../checks/judging/define-check.js';
import type { CloudAction } from '../../../cloud/actions.js';
import type { ClusterIdentity } from '../../../cluster/identity/identity.js';
import type { ClusterReader } from '../../../cluster/ports.js';
import { createElsewhere } from '../../narrowing/elsewhere.js';
import { narrowVerdict } from '../../narrowing/narrow-verdict.js';
import type { ScopedReaders } from '../../narrowing/scoped-reader.js';
import { leftOpen } from '../left-open.js';
import { askCloud } from '../reading/ask-cloud.js';
import { cloudRank } from '../reading/cloud-rank.js';
import type { SharedCloud } from '../reading/shared-cloud-reader.js';
import type { RunScope } from '../run-scope.js';
import { type RunLimits, unknownVerdict, untilStopped } from '../unfinished.js';
import { contextOf, type MomentOptions } from './judge-context.js';

interface PassOptions extends MomentOptions, RunLimits {
  readonly spare?: readonly CloudAction[] | undefined;
  readonly scope?: RunScope | undefined;
}

export interface Pass {
  readonly reader: ClusterReader;
  /** Absent = the run is about the whole cluster. */
  readonly scoped: ScopedReaders | undefined;
  /** undefined = not connected. */
  readonly cloud: SharedCloud | undefined;
  readonly identity: ClusterIdentity;
  readonly options: PassOptions;
  readonly stop: AbortSignal;
  /** What asks the cloud first. */
  readonly before: Promise<unknown>;
}

/** Never rejects: what stands in the way of a verdict is one. */
export async function judgeCheck(check: Check, pass: Pass): Promise<Verdict> {
  const applies = check.appliesTo(pass.identity);
  if (typeof applies === 'string')
    return { outcome: 'not-applicable', findings: [], facts: [], reason: applies };
  try {
    const whole = await judgeBy(check, pass.reader, pass);
    const verdict = await narrowed(check, whole, pass);
    return applies === true ? verdict : leftOpen(verdict, applies.undecided);
  } catch (error) {
    return unknownVerdict(error, pass.options);
  }
}

async function judgeBy(check: Check, reader: ClusterReader, pass: Pass): Promise<Verdict> {
  const facts = await untilStopped(check.gather(reader, pass.options.scope?.path), pass.stop);
  const { stop, options } = pass;
  const cloud = pass.cloud?.reader(cloudRank(check));
  const seen = await askCloud(check, facts, {
    cloud,
    before: pass.before,
    spare: options.spare,
    stop,
    limits: options,
  });
  return check.judge(facts, contextOf(pass), seen);
}

async function narrowed(check: Check, whole: Verdict, pass: Pass): Promise<Verdict> {
  const { scoped, options } = pass;
  if (scoped === undefined || options.scope === undefined) return whole;
  const narrow = await judgeBy(check, scoped.narrow, pass);
  const ofCloud = new Set(check.cloud?.decides.map((message) => `${check.id}.${message}`));
  const elsewhere = createElsewhere(scoped.elsewhere(), options.scope);
  return narrowVerdict({ whole, narrow, ofCloud }, options.scope, elsewhere);
}
