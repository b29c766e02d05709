/** Every error acknet raises on purpose. `retry` says whether the same call may succeed if made again. */
export const errorCodes = {
  'config.invalid': { retry: false },
  'cluster.unknown': { retry: false },
  'cluster.forbidden': { retry: false },
  'cluster.unauthorized': { retry: false },
  'cluster.not-found': { retry: false },
  'cluster.conflict': { retry: false },
  'cluster.gone': { retry: true },
  'cluster.rejected': { retry: false },
  'cluster.unreachable': { retry: true },
  'cluster.timed-out': { retry: true },
  'cluster.failed': { retry: true },
  'cluster.malformed': { retry: false },
  'cluster.too-large': { retry: false },
  'cluster.no-fixer': { retry: false },
  'cluster.replaced': { retry: false },
  'cluster.busy': { retry: true },
  'cloud.forbidden': { retry: false },
  'cloud.unauthorized': { retry: false },
  'cloud.clock': { retry: false },
  'cloud.not-found': { retry: false },
  'cloud.throttled': { retry: true },
  'cloud.budget': { retry: false },
  'cloud.rejected': { retry: false },
  'cloud.unreachable': { retry: true },
  'cloud.timed-out': { retry: true },
  'cloud.failed': { retry: true },
  'cloud.malformed': { retry: false },
  'check.deadline': { retry: false },
  'check.broken': { retry: false },
  'intent.invalid': { retry: false },
  'plan.refused': { retry: false },
  'proposal.unknown': { retry: false },
  'proposal.state': { retry: false },
  'proposal.unverified': { retry: false },
  'job.invalid': { retry: false },
  'job.abandoned': { retry: false },
  'job.broken': { retry: false },
  'audit.unsound': { retry: false },
  'slack.failed': { retry: true },
  'slack.rejected': { retry: false },
  'redis.unavailable': { retry: true },
  'redis.sharded': { retry: false },
  'usage.invalid': { retry: false },
} as const satisfies Record<string, { retry: boolean }>;

export type ErrorCode = keyof typeof errorCodes;

/** Why a check could not tell, where nothing failed; shown beside it as an error's code is. */
export const openCodes = ['check.cancelled', 'check.no-evidence', 'check.recovering'] as const;

/** Every code that people can read somewhere; docs/errors.md has them all. */
export type ShownCode = ErrorCode | (typeof openCodes)[number];

/** `message` = what was attempted and what happened; `hint` = the next action, fit to show to a Slack user. */
export class AcknetError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; hint?: string | undefined } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AcknetError';
    this.code = code;
    this.hint = options.hint;
  }

  get retry(): boolean {
    return errorCodes[this.code].retry;
  }
}

export function isAcknetError(error: unknown, code?: ErrorCode): error is AcknetError {
  return error instanceof AcknetError && (code === undefined || error.code === code);
}
