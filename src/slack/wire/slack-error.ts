import { AcknetError } from '../../errors.js';
import { wireTexts } from '../../texts/wire.js';

/** The `error` of a refused Web API call, e.g. `not_in_channel`; undefined where a proxy or nobody answered. */
export function slackErrorOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined;
  const { data } = error as { data: unknown };
  if (typeof data !== 'object' || data === null || !('error' in data)) return undefined;
  const code = String((data as { error: unknown }).error);
  // The client passes a body that is no JSON on as the error, a whole page at times.
  return /^[a-z0-9_]{1,80}$/.test(code) ? code : undefined;
}

const sayingOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Answers that another try may not give. */
const passing = new Set([
  'fatal_error',
  'internal_error',
  'ratelimited',
  'rate_limited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);
const notThere = new Set(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action']);

/** A failed Web API call as an error of ours: what was tried, and whether to try again. */
export function slackFault(error: unknown, attempted: string): AcknetError {
  if (error instanceof AcknetError) return error;
  const code = slackErrorOf(error);
  const detail = code === undefined ? sayingOf(error) : wireTexts.refused(code);
  if (code === undefined || passing.has(code))
    return new AcknetError('slack.failed', wireTexts.failed(attempted, detail), { cause: error });
  return new AcknetError('slack.rejected', wireTexts.failed(attempted, detail), {
    cause: error,
    hint: notThere.has(code) ? wireTexts.invite : undefined,
  });
}
