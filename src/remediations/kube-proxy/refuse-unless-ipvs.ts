import { refuse } from '../refuse.js';
import type { KubeProxyTarget } from './kube-proxy-targets.js';

export function refuseUnlessIpvs(targets: readonly KubeProxyTarget[]): void {
  const other = targets.find(({ settings }) => settings.mode !== 'ipvs');
  if (other)
    throw refuse(`${other.name} runs in ${other.settings.mode} mode: an IPVS setting has no effect there.`);
}
