import type { Queue } from 'bullmq';
import { Gauge, type Registry } from 'prom-client';
import type { ProposalStore } from '../proposals/ports.js';

const states = ['waiting', 'prioritized', 'active', 'delayed', 'failed'] as const;
/** Longer, and a scrape goes without these. */
const PATIENCE_MS = 2000;

interface GaugePorts {
  readonly registry: Registry;
  readonly queues: readonly Queue[];
  readonly store: Pick<ProposalStore, 'open'>;
  readonly now: () => Date;
}

/** What waits in Redis, counted at each scrape. Every replica tells the same: take the maximum, not the sum. */
export function addGauges({ registry, queues, store, now }: GaugePorts): void {
  const registers = [registry];
  new Gauge({
    name: 'acknet_queue_jobs',
    help: 'Jobs in a queue, by state',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      this.reset();
      await eachInTime(queues, async (queue) => {
        for (const [state, count] of Object.entries(await queue.getJobCounts(...states)))
          this.set({ queue: queue.name, state }, count);
      });
    },
  });
  new Gauge({
    name: 'acknet_queue_oldest_seconds',
    help: 'Age of the job that has waited longest in a queue, 0 where none waits',
    labelNames: ['queue'],
    registers,
    async collect() {
      this.reset();
      await eachInTime(queues, async (queue) => {
        const [oldest] = await queue.getWaiting(0, 0);
        const age = oldest === undefined ? 0 : (now().getTime() - oldest.timestamp) / 1000;
        this.set({ queue: queue.name }, Math.max(0, age));
      });
    },
  });
  new Gauge({
    name: 'acknet_open_proposals',
    help: 'Fixes that are not ended, by state: proposed ones wait for a vote',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      await eachInTime([store], async () => {
        for (const { state } of await store.open()) this.inc({ state });
      });
    },
  });
}

/** Without Redis there is no figure, rather than one of before, and the other metrics are told all the same. */
async function eachInTime<T>(parts: readonly T[], look: (part: T) => Promise<void>): Promise<void> {
  const looked = Promise.allSettled(parts.map(look));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([looked, late]).finally(() => clearTimeout(timer));
}
