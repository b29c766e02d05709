import { labelOf } from '../../cluster/object-label.js';
import type { ClusterReader, ListScope } from '../../cluster/ports.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { isRestart, type Step, type StepOf } from '../../proposals/step.js';
import type { Moved } from '../planning/facts/moved.js';
import { type RollChange, rollChanges } from '../planning/facts/rollout-facts.js';
import type { ApplyRun } from './apply-run.js';

type RestartStep = StepOf<'restart'>;

/**
 * Pods of a roll-out that stand on another node than when its steps were laid out, or belong to something else: of the
 * next step those of its node and its own, at the end all of them. A pod that is gone was restarted already.
 */
export async function movedPods(run: ApplyRun, next?: Step): Promise<readonly Moved[]> {
  if (next !== undefined && next.kind !== 'restart') return [];
  const rolls = rollChanges(run.proposal.changes).filter(
    ({ about }) => next === undefined || about.name === next.daemonSet,
  );
  return (await Promise.all(rolls.map((roll) => movedOf(run, roll, next)))).flat();
}

async function movedOf(
  { reader, proposal }: ApplyRun,
  roll: RollChange,
  next: RestartStep | undefined,
): Promise<readonly Moved[]> {
  const laidOut = new Map(
    proposal.steps
      .filter(isRestart)
      .filter(({ daemonSet }) => daemonSet === roll.about.name)
      .flatMap((step) => (step.pod === undefined ? [] : [[step.pod, step] as const])),
  );
  const found = laidOut.size === 0 ? [] : await readPods(reader, roll, next);
  return found.flatMap((pod) => {
    const step = laidOut.get(pod.name);
    const how = step === undefined || pod.deleting ? undefined : moveOf(pod, step);
    const about = { kind: 'Pod', namespace: pod.namespace, name: pod.name };
    return how === undefined ? [] : [{ about, words: `${labelOf(about)} (${how})` }];
  });
}

async function readPods(
  reader: ClusterReader,
  { about, selector }: RollChange,
  next: RestartStep | undefined,
): Promise<readonly PodView[]> {
  const namespace = about.namespace ?? 'kube-system';
  const list = (scope: ListScope) => reader.list(pods, { namespace, ...scope });
  if (next === undefined) return list({ labelSelector: selector });
  const found = await Promise.all([
    list({ labelSelector: selector, fieldSelector: `spec.nodeName=${next.node}` }),
    next.pod === undefined ? [] : list({ fieldSelector: `metadata.name=${next.pod}` }),
  ]);
  return [...new Map(found.flat().map((pod) => [pod.uid, pod])).values()];
}

function moveOf({ node, owner }: PodView, step: RestartStep): string | undefined {
  if (node !== step.node) return `it was on ${step.node} and is on ${node ?? 'no node'}`;
  if (owner?.kind === 'DaemonSet' && owner.name === step.daemonSet) return undefined;
  return `it belongs to ${owner === undefined ? 'nothing' : `${owner.kind} ${owner.name}`} now`;
}
