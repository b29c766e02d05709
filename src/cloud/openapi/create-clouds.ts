import type { Agent, Dispatcher } from 'undici';
import { type CloudAction, cloudActions } from '../actions.js';
import type { AnswerCache, CallBudget, CallOutcome, CloudAccess, Clouds } from '../ports.js';
import { ramActionsPolicy } from '../ram-policy.js';
import { openCloudConnection } from './cloud-connection.js';
import { createCloudReader } from './cloud-reader.js';
import { type EndpointConfig, endpointOf } from './endpoint-of.js';
import { openCredential } from './open-credential.js';
import { rememberAccount } from './remember-account.js';

interface CloudConfig extends EndpointConfig {
  readonly clusterId: string;
  readonly assumeRole?: string | undefined;
}

export interface CloudsOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly budget: CallBudget;
  readonly cache: AnswerCache;
  readonly requestTimeoutMs: number;
  readonly now: () => Date;
  readonly nonce: () => string;
  /** To the cloud, straight or through a proxy. */
  readonly openWay: (limits: Agent.Options) => Dispatcher;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onCall?: ((action: CloudAction, outcome: CallOutcome) => void) | undefined;
}

const PATIENCE_MS = 60_000;
const LIMITS = { connections: 8, keepAliveTimeout: 10_000 };

/** Connections open when first used, so that one wrong entry does not keep the others from working. */
export function createClouds(
  configured: Readonly<Record<string, CloudConfig>>,
  options: CloudsOptions,
): Clouds {
  const open = new Map<string, CloudAccess & { close(): Promise<void> }>();
  return {
    get(cluster) {
      const config = Object.hasOwn(configured, cluster) ? configured[cluster] : undefined;
      if (config === undefined) return undefined;
      const access = open.get(cluster) ?? openAccess(cluster, config, options);
      open.set(cluster, access);
      return access;
    },
    close: async () => {
      await Promise.all([...open.values()].map((access) => access.close()));
      open.clear();
    },
  };
}

function openAccess(
  cluster: string,
  config: CloudConfig,
  options: CloudsOptions,
): CloudAccess & { close(): Promise<void> } {
  const { budget, cache, wait, onCall = () => undefined } = options;
  const dispatcher = options.openWay(LIMITS);
  const connection = openCloudConnection({
    ...config,
    cluster,
    dispatcher,
    credential: openCredential({
      env: options.env,
      stsHost: endpointOf('sts', config).host,
      sessionName: 'acknet',
      assumeRole: config.assumeRole,
      dispatcher,
      timeoutMs: options.requestTimeoutMs,
      policy: ramActionsPolicy(Object.keys(cloudActions) as CloudAction[]),
    }),
    timeoutMs: options.requestTimeoutMs,
    now: options.now,
    nonce: options.nonce,
  });
  const account = rememberAccount({ connection, timeoutMs: options.requestTimeoutMs, wait, onCall });
  return {
    cluster,
    reader({ signal, patienceMs = PATIENCE_MS }) {
      const until = options.now().getTime() + patienceMs;
      return createCloudReader({
        connection,
        budget,
        cache,
        signal,
        wait,
        onCall,
        account: () => account(signal),
        patienceMs: () => Math.max(0, until - options.now().getTime()),
      });
    },
    close: () => connection.close(),
  };
}
