import type { ContainerView, PodView } from '../../cluster/views/pod.js';
import { count } from '../../texts/count.js';
import type { Evidence } from '../judging/define-check.js';
import type { Crash } from './crash.js';
import { failingContainer } from './failing-container.js';

const LONGEST = 500;

const placeOf = ({ namespace, name, node }: PodView): string =>
  `Pod ${namespace}/${name} on ${node ?? 'no node'}`;

/** State of the container that fails: what it waits for, how its last run ended, how often it restarted. */
export function stateEvidence(pod: PodView): Evidence {
  const container = failingContainer(pod);
  if (pod.endedOver !== undefined) return { where: `${placeOf(pod)}, status`, value: pod.endedOver };
  if (pod.node === undefined)
    return {
      where: `${placeOf(pod)}, condition PodScheduled=False`,
      value: pod.unschedulable ?? `phase ${pod.phase || 'absent'}, not Ready`,
    };
  if (container === undefined)
    return { where: placeOf(pod), value: `phase ${pod.phase || 'absent'}, not Ready` };
  return {
    where: `${placeOf(pod)}, container ${container.name}`,
    value: stateText(container),
    at: container.ended?.at,
  };
}

/** Of a pod that is Ready again: how often, and how, its container ended. */
export const restartEvidence = (pod: PodView, { name, restarts, ended }: ContainerView): Evidence => ({
  where: `${placeOf(pod)}, container ${name}`,
  value: `Ready, after ${count(restarts, 'restart')}: its last run ended with exit code ${ended?.exitCode ?? '?'}${ended?.reason ? ` (${ended.reason})` : ''}`,
  at: ended?.at,
});

function stateText({ reason, message, restarts, ended }: ContainerView): string {
  const left = ended?.message && ended.message !== message ? `: ${ended.message}` : '';
  const end =
    ended === undefined
      ? undefined
      : `last run ended with exit code ${ended.exitCode ?? '?'}${ended.reason ? ` (${ended.reason})` : ''}${left}`;
  const parts = [
    reason === undefined ? 'not Ready' : `${reason}${message ? `: ${message}` : ''}`,
    end,
    restarts === 0 ? undefined : count(restarts, 'restart'),
  ];
  return parts.filter(Boolean).join('; ');
}

/** A line of the log of the container that fails. */
export const crashLine = ({ pod, container }: Pick<Crash, 'pod' | 'container'>, line: string): Evidence => ({
  where: `log of ${pod.name} on ${pod.node ?? 'no node'}${container === undefined ? '' : `, container ${container.name}`}`,
  value: line.trim().slice(0, LONGEST),
});

/** Its last words, and its state. */
export const crashEvidence = (crash: Crash, line = crash.lastWords): readonly Evidence[] => [
  ...(line === undefined ? [] : [crashLine(crash, line)]),
  stateEvidence(crash.pod),
];

/** The word that `kubectl get pods` shows of a pod that is not Ready. */
export function stateWord(pod: PodView): string {
  if (pod.node === undefined) return 'not scheduled';
  if (pod.endedOver !== undefined) return pod.endedOver.split(':')[0] ?? '';
  const container = failingContainer(pod);
  if (container?.reason === undefined)
    return pod.phase === 'Running' ? 'running, not ready' : pod.phase || 'phase unknown';
  return `${container.init ? 'Init:' : ''}${container.reason}`;
}
