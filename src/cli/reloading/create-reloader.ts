import type { FileConfig } from '../../config/config.js';
import type { ConfigState, RefusedConfig } from '../../config/config-state.js';
import { mask } from '../../masking/mask.js';
import type { Logger } from '../../ops/log.js';
import type { Metrics } from '../../ops/metrics.js';
import type { Files } from './read-files.js';

interface ReloaderOptions {
  readonly read: () => Promise<Files>;
  /** What acknet was started with. */
  readonly started: Files;
  readonly apply: (config: FileConfig) => Promise<void>;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'configReloads' | 'configRefused'>;
}

/** Takes up changed files; what has faults is refused and said once, and what is in use stays. */
export interface Reloader {
  look(): Promise<void>;
  state(): ConfigState;
}

/**
 * A change counts once two looks in a row have found the same: a file that is being written is nothing to go by. A fault
 * that is in use since the start, such as a kubeconfig that is not there yet, refuses nothing else.
 */
export function createReloader({ read, started, apply, logger, metrics }: ReloaderOptions): Reloader {
  let used = started;
  let seen = started.digest;
  let refused: RefusedConfig | undefined;

  function refuse({ digest }: Files, faults: readonly string[]): void {
    refused = { digest, faults: faults.map((fault) => mask(fault)) };
    metrics.configReloads.inc({ result: 'refused' });
    metrics.configRefused.set(1);
    logger.error(
      { faults: refused.faults },
      'changed configuration refused: acknet goes on with what it has',
    );
  }

  function settle(files: Files): void {
    used = files;
    refused = undefined;
    metrics.configRefused.set(0);
  }

  return {
    state: () => ({ digest: used.digest, refused }),
    look: async () => {
      const files = await read();
      const again = files.digest === seen;
      seen = files.digest;
      if (!again || files.digest === refused?.digest) return;
      if (files.digest === used.digest) {
        if (refused !== undefined) logger.info({}, 'the configuration is again the one in use');
        return settle(used);
      }
      const { config } = files;
      const faults = files.faults.filter((fault) => !used.faults.includes(fault));
      if (config === undefined || faults.length > 0) return refuse(files, faults);
      await apply(config);
      settle(files);
      metrics.configReloads.inc({ result: 'done' });
      logger.info({ clusters: Object.keys(config.clusters) }, 'configuration reloaded');
    },
  };
}
