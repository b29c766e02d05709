import { existsSync } from 'node:fs';
import { createClusters } from '../../cluster/kube/connecting/create-clusters.js';
import type { ClusterAccess } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import { onboardTexts } from '../../texts/onboard.js';
import { examineCluster } from '../doctor/examine-cluster.js';
import { examineExpiry } from '../doctor/examine-expiry.js';
import { printSymptoms } from '../doctor/print-symptoms.js';
import type { Symptom } from '../doctor/symptom.js';
import { forTerminal } from '../terminal/for-terminal.js';
import type { CommandResult, Runtime } from '../runtime.js';
import { type AccessHolder, roleOf } from './access-objects.js';
import { credentialFiles } from './write-kubeconfig.js';

const ASKED_AGAIN = 10;
const BETWEEN_MS = 1000;

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
    const examined = [
      ...(await examineGrants({ access, holders, runtime })),
      ...(await Promise.all(
        holders.map((holder) =>
          examineExpiry({ access, who: roleOf(holder), now: runtime.now, isTold: true }),
        ),
      )),
    ];
    return printSymptoms(examined, runtime.stdout);
  } finally {
    await clusters.close();
  }
}

interface Grants {
  readonly access: ClusterAccess;
  readonly holders: readonly AccessHolder[];
  readonly runtime: Runtime;
}

/** What was granted a moment ago the API server may refuse still: it learns of a binding by a watch of its own. */
async function examineGrants({ access, holders, runtime }: Grants): Promise<readonly Symptom[]> {
  const { stop: signal, stdout, wait } = runtime;
  const examine = async () =>
    (
      await Promise.all(
        holders.map((holder) => examineCluster({ access, who: roleOf(holder), rules: holder.rules, signal })),
      )
    ).flat();
  let symptoms = await examine();
  if (symptoms.some(isFault)) stdout.write(forTerminal(onboardTexts.waiting(access.name)));
  for (let asked = 0; asked < ASKED_AGAIN && symptoms.some(isFault) && !signal.aborted; asked += 1) {
    await wait(BETWEEN_MS, signal).catch(() => undefined);
    symptoms = await examine();
  }
  return symptoms;
}

const isFault = ({ state }: Symptom): boolean => state === 'fault';
