/** Milliseconds of the processor, not of the wall: what else the machine does is not the work's. */
export function processorTime(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1000;
}
