import { whyUndated } from '../cluster/write-times.js';
import { refuse } from './refuse.js';

interface Restart {
  readonly config: { readonly name: string; readonly writtenAt?: string | undefined };
  /** Whether the time that the config shows is that of its newest write. */
  readonly dated: boolean;
  readonly everyPod: boolean;
  readonly restarted: number;
  readonly pods: number;
  /** The command that restarts every pod. */
  readonly every: string;
}

/**
 * What a card must say of pods that look up to date. Refuses to call it nothing to do where no time can show that all
 * pods are younger than their config.
 */
export function weighRestart({ config, dated, everyPod, restarted, pods, every }: Restart): string[] {
  if (everyPod) return ['Asked for with everyPod: pods that look up to date restart too.'];
  if (dated || restarted === pods) return [];
  const doubt = whyUndated(`ConfigMap ${config.name}`, config.writtenAt);
  if (restarted === 0)
    throw refuse(
      `No pod is known to run an old configuration, but ${doubt}.`,
      `If it was changed, restart them all: ${every}`,
    );
  return [
    `Only pods known to be old or broken restart here, ${restarted} of ${pods}. ${doubt}: if it was, use ${every}`,
  ];
}
