import { type Config, type FileConfig, loadConfig } from '../../config/config.js';
import type { ConfigState } from '../../config/config-state.js';
import { liveConfig, waitingForRestart } from '../../config/live-config.js';
import type { Logger } from '../../ops/log.js';
import type { Metrics } from '../../ops/metrics.js';
import type { Runtime } from '../runtime.js';
import { createReloader } from './create-reloader.js';
import { type Files, readFiles } from './read-files.js';
import { type Opened, swapClusters } from './swap-clusters.js';
import { watchFiles } from './watch-files.js';

/** Within 15 s, with the second look that a change takes. */
const LOOK_MS = 5000;

interface Started {
  readonly config: Config;
  readonly file: string;
  readonly files: Files;
}

/** Throws `config.invalid`, as nothing is in use yet that could be kept. */
export async function readConfiguration({ env }: Pick<Runtime, 'env'>): Promise<Started> {
  const file = env.ACKNET_CONFIG ?? 'acknet.yaml';
  // Before the configuration: what changes in between is then seen as a change.
  const files = await readFiles(file);
  return { config: await loadConfig(env), file, files };
}

interface FollowOptions {
  readonly open: (config: FileConfig) => Promise<Opened>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly runtime: Pick<Runtime, 'stop' | 'lookEveryMs'>;
}

/** The configuration and its clusters, which follow the files until the process is told to stop. */
export async function followFiles(
  { config, file, files }: Started,
  { open, logger, metrics, runtime }: FollowOptions,
): Promise<Opened & { readonly config: Config; readonly configState: () => ConfigState }> {
  const opened = swapClusters(await open(config));
  let now: FileConfig = config;
  const apply = async (next: FileConfig): Promise<void> => {
    opened.swap(await open({ ...next, checks: config.checks, cloud: config.cloud }));
    now = next;
    const keys = waitingForRestart(config, next);
    if (keys.length > 0) logger.warn({ keys }, 'changed keys of acknet.yaml take a restart');
  };
  const reloader = createReloader({ read: () => readFiles(file), started: files, apply, logger, metrics });
  void watchFiles(reloader, { everyMs: runtime.lookEveryMs ?? LOOK_MS, signal: runtime.stop, logger });
  return { ...opened, config: liveConfig(config, () => now), configState: reloader.state };
}
