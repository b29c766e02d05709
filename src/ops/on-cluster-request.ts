import type { OnRequest } from '../cluster/ports.js';
import { mask } from '../masking/mask.js';
import type { Logger } from './log.js';
import { type Metrics, wireOutcome } from './metrics.js';

/** Counts each request to an API server; those that may write stand in the log at info. */
export const onClusterRequest =
  (metrics: Pick<Metrics, 'clusterRequests'>, logger: Logger): OnRequest =>
  (cluster, { method, path }, status) => {
    metrics.clusterRequests.inc({ cluster: mask(cluster), outcome: wireOutcome(status) });
    logger[method === 'GET' ? 'debug' : 'info']({ cluster, method, path, status }, 'cluster request');
  };
