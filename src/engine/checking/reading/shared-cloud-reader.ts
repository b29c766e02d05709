import type { CloudReader, Reading } from '../../../cloud/ports.js';

/** One run's view of the cloud: whatever is asked for twice is asked once, and a fault is remembered too. */
export function createSharedCloudReader(reader: CloudReader): CloudReader {
  const reads = new Map<string, Promise<Reading<unknown>>>();
  return {
    cluster: reader.cluster,
    clusterId: reader.clusterId,
    region: reader.region,
    read: (read, query = {}) => {
      const key = JSON.stringify([read.action, Object.entries(query).sort()]);
      const known = reads.get(key);
      if (known) return known as ReturnType<typeof reader.read<never>>;
      const started = reader.read(read, query);
      started.catch(() => undefined);
      reads.set(key, started);
      return started;
    },
  };
}
