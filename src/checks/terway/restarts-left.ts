import type { Version } from '../../cluster/identity/versions.js';
import type { ConfigMapView } from '../../cluster/views/config-map.js';
import type { PodView } from '../../cluster/views/pod.js';
import type { Evidence } from '../judging/define-check.js';
import { untoldRestarts } from '../untold-restarts.js';
import { startEvidence, startedBefore, writeEvidence } from './terway-pods.js';

const SHOWN = 5;

/** What a change of a ConfigMap of Terway's waits for. */
interface RestartsLeft {
  /** Pods that still run on what it said before. */
  readonly old: readonly PodView[];
  /** Why it cannot be told whether there are any. */
  readonly untold: string | undefined;
  readonly evidence: readonly Evidence[];
}

export function restartsLeft(
  pods: readonly PodView[],
  configMap: ConfigMapView,
  kubernetes: Version | undefined,
): RestartsLeft {
  const old = startedBefore(pods, configMap);
  return {
    old,
    untold: old.length > 0 ? undefined : untoldRestarts(kubernetes, { configMap, pods }),
    evidence: [writeEvidence(configMap), ...old.slice(0, SHOWN).map(startEvidence)],
  };
}
