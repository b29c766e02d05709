import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../src/cluster/ports.js';
import { csAnswers } from './answers/cs.js';
import { ecsAnswers } from './answers/ecs.js';
import { vpcAnswers } from './answers/vpc.js';
import { type CloudFaults, createCloudFaults, distorted } from './cloud-faults.js';
import { type Answer, CloudRefusal, type CloudWorld, type Parameters } from './cloud-world.js';
import { pageOf } from './page-of.js';
import { type CloudKey, verifySignature } from './verify-signature.js';

export interface CloudSimulatorOptions extends CloudWorld {
  readonly key: CloudKey;
  readonly port?: number;
}

export interface CloudSimulator {
  readonly url: string;
  readonly faults: CloudFaults;
  /** RAM actions that the identity has; none until told. */
  grant(actions: readonly string[]): void;
  /** Every call that came, as `<product>:<API>`, in order. */
  readonly calls: readonly string[];
  /** Most calls that were open at one time. */
  readonly busiest: () => number;
  /** The server gives no larger pages from now on. */
  pagesOf(size: number): void;
  close(): Promise<void>;
}

/** VPC, ECS, CS and STS of one account on loopback. `docs/sandbox-cloud.md` says what it covers. */
export async function startCloudSimulator(options: CloudSimulatorOptions): Promise<CloudSimulator> {
  const state = {
    faults: createCloudFaults(),
    granted: new Set<string>(),
    calls: [] as string[],
    largest: 500,
  };
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
    faults: state.faults,
    calls: state.calls,
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
  readonly calls: string[];
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
  state.calls.push(`${call.product}:${call.api}`);
  const effect = state.faults.take(call.api);
  if (effect?.kind === 'hang') return;
  if (effect?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, effect.ms));
  if (effect?.kind === 'throttled') {
    if (effect.afterMs !== undefined) response.setHeader('x-acs-retry-after', String(effect.afterMs));
    throw new CloudRefusal(400, 'Throttling.User', 'Request was denied due to user flow control.');
  }
  if (effect?.kind === 'expired')
    throw new CloudRefusal(400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.');
  if (effect?.kind === 'status') return fail(response, effect);
  const body = await bodyOf(request);
  verifySignature({ method: request.method ?? '', url, headers, body }, options.key, options.now());
  permit(call, state.granted);
  const answer = answerTo(call, options, { ...Object.fromEntries(url.searchParams), ...call.inPath }, state);
  send(response, 200, effect === undefined || effect.kind === 'slow' ? answer : distorted(answer, effect));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

interface Call {
  readonly product: string;
  readonly api: string;
  readonly inPath: Parameters;
}

const products: Readonly<Record<string, string>> = {
  '2015-12-15': 'cs',
  '2016-04-28': 'vpc',
  '2014-05-26': 'ecs',
  '2015-04-01': 'sts',
};

/** Where CS answers an action: the path must be the one of the action that the header names. */
const csPaths: Readonly<Record<string, RegExp>> = {
  DescribeClusterDetail: /^\/clusters\/(?<clusterId>[^/]+)$/,
  ListClusterAddonInstances: /^\/clusters\/(?<clusterId>[^/]+)\/addon_instances$/,
  ListAddons: /^\/addons$/,
  DescribeKubernetesVersionMetadata: /^\/api\/v1\/metadata\/versions$/,
};

function callOf(headers: Readonly<Record<string, string | undefined>>, url: URL): Call {
  const api = headers['x-acs-action'] ?? '';
  const product = products[headers['x-acs-version'] ?? ''] ?? 'unknown';
  const found = product === 'cs' ? csPaths[api]?.exec(url.pathname) : undefined;
  if (product === 'cs' ? found == null : url.pathname !== '/')
    throw new CloudRefusal(404, 'InvalidAction.NotFound', `${api} is not served at ${url.pathname}.`);
  return { product, api, inPath: { ...found?.groups } };
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

const answers: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
  vpc: vpcAnswers,
  ecs: ecsAnswers,
  cs: csAnswers,
  sts: {
    GetCallerIdentity: ({ scenario }) => ({
      one: {
        AccountId: scenario.cloud.account,
        Arn: `acs:ram::${scenario.cloud.account}:user/acknet`,
        IdentityType: 'RAMUser',
      },
    }),
  },
};

function answerTo(
  { product, api }: Call,
  world: CloudWorld,
  parameters: Parameters,
  { largest }: State,
): JsonObject | readonly JsonObject[] {
  const answer = answers[product]?.[api];
  if (answer === undefined) throw new CloudRefusal(404, 'InvalidAction.NotFound', `${api} is not simulated.`);
  if (product !== 'cs' && product !== 'sts' && parameters.RegionId !== world.scenario.region)
    throw new CloudRefusal(400, 'MissingParameter', 'RegionId is missing, or another one.');
  const given = answer(world, parameters);
  if ('bare' in given) return given.bare;
  const body =
    'one' in given ? given.one : { ...pageOf(api, given.list, { parameters, largest }), ...given.beside };
  // CS tells it in a header alone.
  return product === 'cs' ? body : { RequestId: '6A1B3C5D-0000-4000-8000-7E9F1A3B5C7D', ...body };
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

function fail(
  response: ServerResponse,
  { status, code, xml }: { readonly status: number; readonly code: string; readonly xml?: boolean },
): void {
  if (!xml) {
    send(response, status, { RequestId: 'none', Code: code, Message: 'It failed.' });
    return;
  }
  response.writeHead(status, { 'content-type': 'text/xml' });
  response.end(`<?xml version='1.0'?><Error><Code>${code}</Code><Message>It failed.</Message></Error>`);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
