import { openClouds } from '../../../src/cli/open-clouds.js';
import { type Clouds, noClouds } from '../../../src/cloud/ports.js';
import { fileSchema } from '../../../src/config/file-schema.js';
import { cloudConfigOf } from '../../../sandbox/cloud/start-cloud-beside.js';
import { accountScenario, BENCH_KEY } from './account-scenario.js';

/** The product's own client with its default limits, and a whole minute's share of calls that nobody else takes from. */
export async function openAccount(kubeconfig: string, url: string | undefined): Promise<Clouds> {
  if (url === undefined) return noClouds;
  const cloud = cloudConfigOf(accountScenario(1), { url });
  const config = fileSchema.parse({ clusters: { bench: { kubeconfig, cloud } } });
  return openClouds(config, {
    env: { ALIBABA_CLOUD_ACCESS_KEY_ID: BENCH_KEY.id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: BENCH_KEY.secret },
    now: () => new Date(),
  });
}

/** As long as `/acknet check` gives a run, which is also what calls may wait for their share. */
export const deadlineMs = fileSchema.shape.checks.parse(undefined).deadlineSeconds * 1000;
