import { AcknetError, type ErrorCode } from '../../errors.js';
import { mask } from '../../masking/mask.js';
import { type CloudAction, partsOf } from '../actions.js';
import { text } from './answer-fields.js';

/** An answer that is not a success, as it came. */
interface Refusal {
  readonly cluster: string;
  readonly action: CloudAction;
  readonly status: number;
  readonly body: string;
  /** `Date` of the answer. */
  readonly serverDate?: string | undefined;
  readonly now: Date;
}

/** The first that matches counts. Source: notes on the cloud API, section 5. */
const codes: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^Throttling/i, 'cloud.throttled'],
  [/TimeStamp/i, 'cloud.clock'],
  [/^(?:Forbidden(?:\.RAM)?$|NoPermission|NO_RAM_POLICY_AUTH|Forbidden\.NoPermission)/i, 'cloud.forbidden'],
  [
    /^(?:InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSecurityToken|IncompleteSignature|MissingSecurityToken|InvalidCredentials)/i,
    'cloud.unauthorized',
  ],
  // The call itself is not known there: nothing is said of the id that it asked for.
  [/^Invalid(?:Action|Api|Product|Version|RegionId)\.NotFound/i, 'cloud.rejected'],
  [/NotFound|NOT_FOUND/, 'cloud.not-found'],
  [/^(?:ServiceUnavailable|InternalError|UnknownError|ServiceTimeout)/i, 'cloud.failed'],
];

const hints: Partial<Record<ErrorCode, string>> = {
  'cloud.unauthorized': 'Renew or correct the credential; `acknet doctor` tries it.',
  'cloud.clock': 'Set the clock of the machine acknet runs on.',
  'cloud.throttled':
    'The limit is the account’s, and Terway shares it. acknet leaves this API alone for a minute.',
  'cloud.not-found': 'Compare clusters.<name>.cloud.clusterId and .region with the console.',
};

/** The typed error that an answer means; what the cloud said stands in it, masked and bounded. */
export function cloudError(refusal: Refusal): AcknetError {
  const { cluster, action, status, body } = refusal;
  const said = readRefusal(body);
  const code = codeOf(status, said.code);
  const what = `Cluster ${cluster}: ${partsOf(action).api} was refused`;
  if (code === 'cloud.forbidden') return forbidden(refusal, said);
  const skew = code === 'cloud.clock' ? skewOf(refusal) : undefined;
  const words = [said.code || `HTTP ${status}`, said.message].filter(Boolean).join(': ');
  return new AcknetError(code, `${what}: ${mask(words)}${skew === undefined ? '' : `. ${skew}`}`, {
    ...hintFor(code),
  });
}

const hintFor = (code: ErrorCode): { hint?: string } => {
  const hint = hints[code];
  return hint === undefined ? {} : { hint };
};

function codeOf(status: number, said: string): ErrorCode {
  const known = codes.find(([pattern]) => pattern.test(said))?.[1];
  if (known !== undefined) return known;
  if (status === 429) return 'cloud.throttled';
  if (status === 401) return 'cloud.unauthorized';
  if (status === 403) return 'cloud.forbidden';
  return status >= 500 ? 'cloud.failed' : 'cloud.rejected';
}

/** RAM names the action that it missed; where it does not, ours is the one. */
function forbidden({ cluster, action }: Refusal, { denied, explicit }: Said): AcknetError {
  const missing = denied ?? action;
  return new AcknetError(
    'cloud.forbidden',
    `Cluster ${cluster}: may not call ${missing}${explicit ? ', because a policy denies it' : ''}.`,
    {
      hint: explicit
        ? 'A Deny in a policy wins over every Allow: see the policies of the RAM identity, and those of the resource directory.'
        : `Add ${missing} to the RAM policy: \`acknet rbac --cloud\` prints the whole of it.`,
    },
  );
}

interface Said {
  readonly code: string;
  readonly message: string;
  /** RAM action by AccessDeniedDetail. */
  readonly denied: string | undefined;
  readonly explicit: boolean;
}

const LONGEST = 500;
const RAM_ACTION = /^[a-z0-9-]{2,40}:[A-Za-z0-9*]{2,80}$/;

/** RPC writes `Code`, ROA `code`; a gateway may answer in XML. */
function readRefusal(body: string): Said {
  const parsed = parse(body);
  const code = text(parsed, 'Code') ?? text(parsed, 'code') ?? tagged(body, 'Code') ?? '';
  const message = text(parsed, 'Message') ?? text(parsed, 'message') ?? tagged(body, 'Message') ?? '';
  const own = 'AccessDeniedDetail';
  const detail = text(parsed, own, 'AuthAction') ?? text(parsed, 'accessDeniedDetail', 'AuthAction');
  return {
    code: code.slice(0, 100),
    message: message.slice(0, LONGEST),
    denied: detail !== undefined && RAM_ACTION.test(detail) ? detail : undefined,
    explicit: text(parsed, own, 'NoPermissionType') === 'ExplicitDeny',
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function tagged(body: string, tag: string): string | undefined {
  const from = body.indexOf(`<${tag}>`);
  const to = body.indexOf(`</${tag}>`, from);
  return from === -1 || to === -1 ? undefined : body.slice(from + tag.length + 2, to);
}

function skewOf({ serverDate, now }: Refusal): string | undefined {
  const theirs = Date.parse(serverDate ?? '');
  if (Number.isNaN(theirs)) return undefined;
  const seconds = Math.round((now.getTime() - theirs) / 1000);
  return `acknet’s clock is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} the cloud’s`;
}
