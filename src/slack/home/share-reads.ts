import type { GatherPorts } from './gather-home.js';

/** What is the same for everybody, read once for all the Homes of one round. */
export function shareReads(ports: GatherPorts): GatherPorts {
  const { queues, store, runs, mutes, schedules } = ports;
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const promise = kept.get(key) ?? read();
    kept.set(key, promise);
    return promise as Promise<T>;
  };
  return {
    ...ports,
    queues: { running: () => once('running', () => queues.running()) },
    store: { open: () => once('open', () => store.open()) },
    runs: { last: (cluster) => once(`last ${cluster}`, () => runs.last(cluster)) },
    schedules: {
      all: () => once('schedules', () => schedules.all()),
      next: (schedule) => once(`next ${schedule.id}`, () => schedules.next(schedule)),
    },
    mutes: { active: (cluster) => once(`mutes ${cluster}`, () => mutes.active(cluster)) },
  };
}
