import type { DaemonSetView } from '../../../cluster/views/daemon-set.js';
import type { Evidence } from '../../judging/define-check.js';

/** The file that the init container writes the CNI config to, as its command names it. */
interface InstalledFile {
  readonly path: string;
  readonly evidence: Evidence;
}

const IN_NET_D = /\/etc\/cni\/net\.d\/[\w.-]{1,100}/g;

export function installedFile(set: DaemonSetView): InstalledFile | undefined {
  for (const { name, args, init } of set.containers) {
    const path = init ? args.flatMap((arg) => arg.slice(0, 2_000).match(IN_NET_D) ?? []).at(-1) : undefined;
    if (path === undefined) continue;
    const where = `DaemonSet kube-system/${set.name}, init container ${name}`;
    return { path, evidence: { where, value: args.join(' ') } };
  }
  return undefined;
}

/** What is left to look at where config, version and restart are as they should be. */
export function whereToLook(file: InstalledFile | undefined, chained: boolean): string {
  if (file === undefined)
    return 'Look at what lies in /etc/cni/net.d on such a node, and at what the init container of Flannel writes there.';
  if (chained && !file.path.endsWith('.conflist'))
    return `Its init container writes the list of plugins to ${file.path}, and a list is read only from a file that ends in .conflist: correct that name in the DaemonSet.`;
  if (!chained && file.path.endsWith('.conflist'))
    return `Its init container writes a single plugin to ${file.path}, and a .conflist must hold a list of plugins.`;
  return `Look at ${file.path} on such a node, at what else lies beside it, and at the binaries in /opt/cni/bin.`;
}
