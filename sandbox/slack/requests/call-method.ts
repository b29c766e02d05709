import { setTimeout as wait } from 'node:timers/promises';
import { checkScope } from './check-scope.js';
import type { FaultControl } from './faults.js';
import { str } from '../json.js';
import type { Method, Methods } from '../methods/method.js';
import type { RateLimits } from './rate-limits.js';
import { invalidPayload, SlackApiError } from './slack-api-error.js';
import type { ApiCall, MethodFault } from '../slack-simulator.js';
import type { World } from '../state/world.js';

export interface Desk {
  readonly world: World;
  readonly methods: Methods;
  readonly faults: FaultControl;
  readonly limits: RateLimits;
  readonly tokens: { readonly bot: string; readonly app: string };
  readonly calls: ApiCall[];
  readonly onCall?: ((call: ApiCall) => void) | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  /** Never reaches who called. */
  readonly lost?: boolean;
}

interface Call {
  readonly name: string;
  /** Undefined = the body could not be read. */
  readonly args: Readonly<Record<string, unknown>> | undefined;
  readonly authorization: string | undefined;
}

/** One Web API call: fault, rate limit, token, method, and the record of it. */
export async function callMethod(desk: Desk, call: Call): Promise<Answer> {
  const fault = desk.faults.faultOf(call.name);
  if (fault?.delayMs !== undefined) await wait(fault.delayMs);
  const answer = (fault && faulty(fault)) ?? run(desk, call);
  const { token: _secret, ...args } = call.args ?? {};
  const at = desk.world.now().toISOString();
  const made = { method: call.name, args, answer: answer.body, status: answer.status, at };
  desk.calls.push(made);
  desk.onCall?.(made);
  return fault?.loseAnswer === true ? { ...answer, lost: true } : answer;
}

function faulty({ error, status, retryAfterSeconds }: MethodFault): Answer | undefined {
  if (retryAfterSeconds !== undefined) return rateLimited(retryAfterSeconds);
  if (status !== undefined) return { status, body: { ok: false, error: error ?? 'internal_error' } };
  return error === undefined ? undefined : { status: 200, body: { ok: false, error } };
}

const rateLimited = (retryAfterSeconds: number): Answer => ({
  status: 429,
  body: { ok: false, error: 'ratelimited' },
  retryAfterSeconds,
});

function run(desk: Desk, call: Call): Answer {
  const method = Object.hasOwn(desk.methods, call.name) ? desk.methods[call.name] : undefined;
  if (method === undefined)
    return { status: 200, body: { ok: false, error: 'unknown_method', req_method: call.name } };
  const channel = method.perChannel ? (str(call.args?.channel) ?? '') : undefined;
  const seconds = desk.limits.take(call.name, method.tier, channel);
  if (seconds !== undefined) return rateLimited(seconds);
  try {
    return { status: 200, body: answerOf(desk, method, call) };
  } catch (error) {
    if (error instanceof SlackApiError) return { status: 200, body: error.body };
    throw error;
  }
}

function answerOf(desk: Desk, method: Method, { name, args, authorization }: Call) {
  if (args === undefined) throw new SlackApiError('invalid_form_data');
  if (method.token !== 'none') checkToken(desk, method.token ?? 'bot', authorization, args.token);
  checkScope(desk.world, name, args);
  const refused = desk.faults.blockFaults(args.blocks);
  if (refused.length > 0) throw invalidPayload('invalid_blocks', refused);
  return method.run(desk.world, args);
}

function checkToken(
  { tokens }: Desk,
  needed: 'bot' | 'app',
  ...[authorization, field]: [string | undefined, unknown]
): void {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? str(field);
  if (token === undefined) throw new SlackApiError('not_authed');
  if (token === tokens[needed]) return;
  const known = token === tokens.bot || token === tokens.app;
  throw new SlackApiError(known ? 'not_allowed_token_type' : 'invalid_auth');
}
