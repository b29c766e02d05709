import { z } from 'zod';
import { AcknetError, isAcknetError } from '../../errors.js';
import { type CloudAction, cloudActions } from '../actions.js';
import type { AnswerCache, CallBudget, CallOutcome, CloudAccess, Clouds } from '../ports.js';
import { ramActionsPolicy } from '../ram-policy.js';
import { type CloudConnection, openCloudConnection } from './cloud-connection.js';
import { createCloudReader } from './cloud-reader.js';
import { type EndpointConfig, endpointOf } from './endpoint-of.js';
import { openCredential } from './open-credential.js';
import { callPatiently, type Patience } from './patient-call.js';

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
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onCall?: ((action: CloudAction, outcome: CallOutcome) => void) | undefined;
}

const PATIENCE_MS = 60_000;

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
  const connection = openCloudConnection({
    ...config,
    cluster,
    credential: openCredential({
      env: options.env,
      stsHost: endpointOf('sts', config).host,
      sessionName: 'acknet',
      assumeRole: config.assumeRole,
      policy: ramActionsPolicy(Object.keys(cloudActions) as CloudAction[]),
    }),
    timeoutMs: options.requestTimeoutMs,
    now: options.now,
    nonce: options.nonce,
  });
  const account = rememberAccount(connection, { wait, onCall });
  return {
    cluster,
    reader: ({ signal, patienceMs = PATIENCE_MS, spare = [] }) =>
      createCloudReader({
        connection,
        budget,
        cache,
        account: () => account(signal),
        signal,
        patienceMs,
        wait,
        onCall,
        spare,
      }),
    close: () => connection.close(),
  };
}

const identity = z.looseObject({ AccountId: z.string().min(1).max(64) });

/** Who could not be told shares one budget with all such: rather too little than too much. */
const UNKNOWN_ACCOUNT = 'unknown';

/** Asked once. A credential that is refused is said with every read; a way to STS that is not there hinders none. */
function rememberAccount(
  connection: CloudConnection,
  calls: Pick<Patience, 'wait' | 'onCall'>,
): (signal: AbortSignal) => Promise<string> {
  let asked: Promise<string> | undefined;
  return (signal) => {
    asked ??= askAccount({ ...calls, connection, signal }).catch((error: unknown) => {
      asked = undefined;
      if (!(error instanceof AcknetError) || isFaultOfAll(error)) throw error;
      return UNKNOWN_ACCOUNT;
    });
    return asked;
  };
}

const isFaultOfAll = (error: AcknetError): boolean =>
  isAcknetError(error, 'cloud.unauthorized') || isAcknetError(error, 'cloud.clock');

async function askAccount(
  calls: Pick<Patience, 'connection' | 'signal' | 'wait' | 'onCall'>,
): Promise<string> {
  const own = { budget: boundless, account: async () => UNKNOWN_ACCOUNT, patienceMs: PATIENCE_MS };
  const answer = await callPatiently({ ...calls, ...own }, 'sts:GetCallerIdentity', {});
  const parsed = identity.safeParse(answer);
  return parsed.success ? parsed.data.AccountId : UNKNOWN_ACCOUNT;
}

/** Of STS itself: one call a process, and none that Terway needs. */
const boundless: CallBudget = { take: async () => () => undefined, trip: async () => undefined };
