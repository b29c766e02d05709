import { createClusters } from '../../cluster/kube/connecting/create-clusters.js';
import type { FileConfig } from '../../config/config.js';
import { doctorTexts } from '../../texts/cli/doctor.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { forTerminal } from '../terminal/for-terminal.js';
import { openClouds } from '../open-clouds.js';
import { cloudActionsOf } from '../rbac.js';
import type { CommandResult, Runtime } from '../runtime.js';
import { examineCloud } from './examine-cloud.js';
import { probeCloud } from './probe-cloud.js';
import { ok, type Symptom } from './symptom.js';

type Process = Pick<Runtime, 'env' | 'now' | 'stop'>;

/** Of every cluster with `cloud:`, one after the other: they share the account's rate limits. */
export async function cloudSymptoms(
  config: Pick<FileConfig, 'clusters' | 'checks' | 'cloud'>,
  { env, now, stop }: Process,
): Promise<readonly Symptom[]> {
  const clouds = await openClouds(config, { env, now });
  const clusters = createClusters(config.clusters, {
    requestTimeoutMs: config.checks.requestTimeoutSeconds * 1000,
  });
  try {
    const found: Symptom[] = [];
    for (const name of clusters.names) {
      const cloud = clouds.get(name);
      if (cloud === undefined) found.push(ok(doctorTexts.noCloud(name)));
      else
        found.push(
          ...(await examineCloud({
            cloud,
            access: clusters.get(name),
            actions: cloudActionsOf([]),
            signal: stop,
            watch: () => performance.now(),
          })),
        );
    }
    return found;
  } finally {
    await Promise.all([clouds.close(), clusters.close()]);
  }
}

/** One JSON object a cluster. */
export async function printProbes(
  config: FileConfig,
  { env, now, stop, stdout }: Process & Pick<Runtime, 'stdout'>,
): CommandResult {
  const clouds = await openClouds(config, { env, now });
  try {
    for (const name of Object.keys(config.clusters)) {
      const reader = clouds.get(name)?.reader({ signal: stop });
      if (reader === undefined) continue;
      const probes = await probeCloud(reader, cloudActionsOf([]), () => performance.now());
      stdout.write(forTerminal(`${JSON.stringify({ region: reader.region, probes }, null, 2)}\n`));
    }
    return exitCodes.done;
  } finally {
    await clouds.close();
  }
}
