import { existsSync } from 'node:fs';
import { createClusters } from '../../cluster/kube/create-clusters.js';
import { AcknetError } from '../../errors.js';
import { onboardTexts } from '../../texts/onboard.js';
import { examineCluster } from '../doctor/examine-cluster.js';
import { examineExpiry } from '../doctor/examine-expiry.js';
import { printSymptoms } from '../doctor/print-symptoms.js';
import type { CommandResult, Runtime } from '../runtime.js';
import type { AccessHolder } from './access-objects.js';
import { credentialFiles } from './write-kubeconfig.js';

interface Proof {
  readonly holders: readonly AccessHolder[];
  readonly folder: string;
  readonly runtime: Runtime;
}

/** Asks the API server, with the credentials as written, for every verb needed and for those that must be refused. */
export async function proveAccess(cluster: string, { holders, folder, runtime }: Proof): CommandResult {
  const file = (who: 'reader' | 'fixer') => credentialFiles(folder, cluster, who).kubeconfig;
  const fixes = holders.some(({ account }) => account === 'acknet-fixer');
  for (const needed of fixes ? [file('reader'), file('fixer')] : [file('reader')])
    if (!existsSync(needed)) throw new AcknetError('usage.invalid', onboardTexts.noFiles(needed));
  const fixer = fixes ? { kubeconfig: file('fixer') } : undefined;
  const clusters = createClusters(
    { [cluster]: { kubeconfig: file('reader'), fixer } },
    { requestTimeoutMs: 15_000 },
  );
  try {
    const access = clusters.get(cluster);
    const signal = runtime.stop;
    const examined = await Promise.all(
      holders.flatMap(({ account, rules }) => {
        const who = account === 'acknet-fixer' ? 'fixer' : 'reader';
        return [
          examineCluster({ access, who, rules, signal }),
          examineExpiry({ access, who, now: runtime.now }).then((symptom) => [symptom]),
        ];
      }),
    );
    return printSymptoms(examined.flat(), runtime.stdout);
  } finally {
    await clusters.close();
  }
}
