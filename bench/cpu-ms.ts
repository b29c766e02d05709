/** Processor time of a process, in all threads: what a busy machine does not stretch. */
export const cpuMs = ({ user, system }: NodeJS.CpuUsage): number => Math.round((user + system) / 1000);
