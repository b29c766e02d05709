import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { actionNames, answerTo } from './answers/answer-to.js';
import { type Call, callOf } from './call-of.js';
import { type CallLog, createCallLog } from './call-log.js';
import { type CloudEffect, type CloudFaults, createCloudFaults, distorted } from './cloud-faults.js';
import { CloudRefusal, type CloudWorld } from './cloud-world.js';
import { type CloudSwitches, createCloudSwitches } from './cloud-switches.js';
import type { CloudState } from './shown/cloud-state.js';
import { summariseCloud } from './shown/summarise-cloud.js';
import { type CloudKey, verifySignature } from './verify-signature.js';

interface CloudSimulatorOptions extends CloudWorld {
  readonly key: CloudKey;
  readonly port?: number;
}

export interface CloudSimulator {
  readonly url: string;
  readonly faults: CloudFaults;
  /** Faults that stay until they are switched off, as the page has them. */
  readonly switches: CloudSwitches;
  /** RAM actions that the identity has; none until told. */
  grant(actions: readonly string[]): void;
  /** Every call that came, as `<product>:<API>`, in order. */
  readonly calls: readonly string[];
  /** What the account holds at this moment, and what was asked of it. */
  state(): CloudState;
  /** Told when a call has ended or a switch was thrown; returns how to stop listening. */
  onChange(listener: () => void): () => void;
  /** Most calls that were open at one time. */
  readonly busiest: () => number;
  /** The server gives no larger pages from now on. */
  pagesOf(size: number): void;
  close(): Promise<void>;
}

/** VPC, ECS, CS and STS of one account on loopback. `docs/sandbox-cloud.md` says what it covers. */
export async function startCloudSimulator(options: CloudSimulatorOptions): Promise<CloudSimulator> {
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const faults = createCloudFaults();
  const switches = createCloudSwitches(faults, changed);
  const state: State = { faults, granted: new Set(), log: createCallLog(changed), largest: 500 };
  let open = 0;
  let busiest = 0;
  const server = createServer((request, response) => {
    open += 1;
    busiest = Math.max(busiest, open);
    response.on('close', () => {
      open -= 1;
    });
    handle({ request, response }, options, state).catch((error: unknown) => {
      refuse(
        response,
        error instanceof CloudRefusal ? error : new CloudRefusal(500, 'SimulatorFault', String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    switches,
    calls: state.log.calls,
    state: () => ({
      ...summariseCloud(options),
      ...{ calls: state.log.counted(), switches: switches.on(), actions: actionNames },
    }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    grant: (actions) => {
      state.granted = new Set(actions);
    },
    busiest: () => busiest,
    pagesOf: (size) => {
      state.largest = size;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface State {
  readonly faults: CloudFaults;
  granted: ReadonlySet<string>;
  readonly log: CallLog;
  largest: number;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function handle(
  { request, response }: Exchange,
  options: CloudSimulatorOptions,
  state: State,
): Promise<void> {
  const headers = request.headers as Record<string, string | undefined>;
  const url = new URL(request.url ?? '/', `http://${headers.host}`);
  const call = callOf(headers, url);
  await state.log.follow(call, async () => {
    const effect = state.faults.take(call.api);
    if (effect?.kind === 'hang') return 'no answer';
    if (effect?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, effect.ms));
    if (effect?.kind === 'status' && effect.xml) return failInXml(response, effect);
    strike(effect, response);
    const body = await bodyOf(request);
    verifySignature({ method: request.method ?? '', url, headers, body }, options.key, options.now());
    permit(call, effect?.kind === 'denied' ? new Set() : state.granted);
    const parameters = { ...Object.fromEntries(url.searchParams), ...call.inPath };
    const answer = answerTo(call, options, { parameters, largest: state.largest });
    send(response, 200, effect === undefined || effect.kind === 'slow' ? answer : distorted(answer, effect));
    return 'ok';
  });
}

/** Those faults that refuse whatever was asked. */
function strike(effect: CloudEffect | undefined, response: ServerResponse): void {
  if (effect?.kind === 'throttled') {
    if (effect.afterMs !== undefined) response.setHeader('x-acs-retry-after', String(effect.afterMs));
    throw new CloudRefusal(400, 'Throttling.User', 'Request was denied due to user flow control.');
  }
  if (effect?.kind === 'expired')
    throw new CloudRefusal(400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.');
  if (effect?.kind === 'status') throw new CloudRefusal(effect.status, effect.code, 'It failed.');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function permit({ product, api }: Call, granted: ReadonlySet<string>): void {
  const action = `${product}:${api}`;
  if (product === 'sts' || granted.has(action)) return;
  throw new CloudRefusal(403, 'Forbidden.RAM', 'User not authorized to operate on the specified resource.', {
    AccessDeniedDetail: {
      AuthAction: action,
      NoPermissionType: 'ImplicitDeny',
      PolicyType: 'AccountLevelIdentityBasedPolicy',
    },
  });
}

function refuse(response: ServerResponse, { status, code, message, more }: CloudRefusal): void {
  send(response, status, {
    RequestId: '6A1B3C5D-0000-4000-8000-7E9F1A3B5C7D',
    HostId: 'vpc.aliyuncs.com',
    Code: code,
    Message: message,
    ...more,
  });
}

/** Returns the code, as the outcome of the call. */
function failInXml(response: ServerResponse, { status, code }: { status: number; code: string }): string {
  response.writeHead(status, { 'content-type': 'text/xml' });
  response.end(`<?xml version='1.0'?><Error><Code>${code}</Code><Message>It failed.</Message></Error>`);
  return code;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
