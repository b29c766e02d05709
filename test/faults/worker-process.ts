import { createClusters } from '../../src/cluster/kube/connecting/create-clusters.js';
import { openApplyStand } from '../support/apply-stand.js';

/** What the test hands a worker that it is going to kill. */
export interface WorkerOrder {
  readonly proposal: string;
  readonly prefix: string;
  readonly reader: string;
  readonly fixer: string;
  /** The record at which the process stalls, to be killed there. */
  readonly stallAt: number;
  readonly moment: 'before' | 'after';
}

const order = JSON.parse(process.argv[2] ?? '{}') as WorkerOrder;
const clusters = createClusters(
  { 'cluster-x': { kubeconfig: order.reader, fixer: { kubeconfig: order.fixer } } },
  { requestTimeoutMs: 2000 },
);
const stand = openApplyStand(clusters.get('cluster-x'), {
  prefix: order.prefix,
  // It is going to be killed: its successor need not wait for long.
  leaseMs: 3000,
});
let count = 0;

const stall = (): Promise<never> => {
  process.stdout.write('stalled\n');
  return new Promise(() => undefined);
};
const stalling =
  <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
  async (...args: A): Promise<R> => {
    const here = count++ === order.stallAt;
    if (here && order.moment === 'before') return stall();
    const result = await act(...args);
    return here ? stall() : result;
  };

const { store } = stand;
await stand.apply(order.proposal, {
  store: { ...store, recordStep: stalling(store.recordStep), move: stalling(store.move) },
  holder: `process-${process.pid}`,
});
process.stdout.write('finished\n');
await stand.close();
await clusters.close();
