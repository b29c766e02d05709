export const queueNames = [
  'checks',
  'fixes',
  'questions',
  'cards',
  'fleets',
  'homes',
  'alerts',
  'schedules',
] as const;
export type QueueName = (typeof queueNames)[number];

/** Job names on the queue `cards`; the queues without such a table have one kind of job each. */
export const cardTasks = { show: 'show', catchUp: 'catch-up', expire: 'expire', sweep: 'sweep' } as const;

/** Job names on the queue `fleets`. */
export const fleetTasks = { show: 'show', tell: 'tell' } as const;

/** Job names on the queue `alerts`. */
export const alertTasks = { take: 'take', looked: 'looked', show: 'show' } as const;
/** Job names on the queue `schedules`. */
export const scheduleTasks = { run: 'run', care: 'care' } as const;

/** BullMQ takes no ':' in a job id. */
export const jobIds = {
  check: (runId: string): string => `check-${runId}`,
  fix: (proposalId: string): string => `fix-${proposalId}`,
  expire: (proposalId: string): string => `expire-${proposalId}`,
  care: (proposalId: string, hours: number): string => `care-${proposalId}-${hours}`,
  fleet: (fleetId: string): string => `fleet-${fleetId}`,
  question: ({ channel, ts }: { channel: string; ts: string }): string =>
    `question-${channel}-${ts.replaceAll('.', '-')}`,
};
