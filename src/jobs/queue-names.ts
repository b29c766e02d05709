export const queueNames = ['checks', 'fixes', 'questions', 'cards'] as const;
export type QueueName = (typeof queueNames)[number];

/** Job names on the queue `cards`; the other queues have one kind of job each. */
export const cardTasks = { show: 'show', expire: 'expire', sweep: 'sweep' } as const;
export type CardTaskName = (typeof cardTasks)[keyof typeof cardTasks];

/** BullMQ takes no ':' in a job id. */
export const jobIds = {
  check: (runId: string): string => `check-${runId}`,
  fix: (proposalId: string): string => `fix-${proposalId}`,
  expire: (proposalId: string): string => `expire-${proposalId}`,
  question: ({ channel, ts }: { channel: string; ts: string }): string =>
    `question-${channel}-${ts.replaceAll('.', '-')}`,
};
