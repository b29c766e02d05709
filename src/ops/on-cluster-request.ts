import type { OnRequest } from '../cluster/ports.js';
import { mask } from '../masking/mask.js';
import type { Logger } from './log.js';
import { type Metrics, wireOutcome } from './metrics.js';
import type { Tracing } from './tracing/tracing.js';

/** Counts each request to an API server, and tells it in the trace; those that may write stand in the log at info. */
export const onClusterRequest =
  (metrics: Pick<Metrics, 'clusterRequests'>, logger: Logger, tracing?: Pick<Tracing, 'tell'>): OnRequest =>
  (cluster, { method, path }, status) => {
    metrics.clusterRequests.inc({ cluster: mask(cluster), outcome: wireOutcome(status) });
    tracing?.tell('cluster request', { cluster, method, path, status });
    logger[method === 'GET' ? 'debug' : 'info']({ cluster, method, path, status }, 'cluster request');
  };
