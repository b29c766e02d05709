import { AcknetError } from '../../../errors.js';
import { nearestName } from '../../../nearest-name.js';
import { flag } from '../../fields.js';
import type { ClusterAccess, Clusters, OnRequest, ResourceAccess } from '../../ports.js';
import { type Connection, type CredentialConfig, type KubeRequest, openConnection } from './connection.js';
import { createKubeReader } from '../kube-reader.js';
import { createKubeWriter } from '../kube-writer.js';
import { sendForObject } from '../send-for-object.js';

interface ClusterCredentials extends CredentialConfig {
  readonly fixer?: CredentialConfig | undefined;
}

interface ClustersOptions {
  readonly requestTimeoutMs: number;
  /** Objects per page of a list; default 500. */
  readonly pageSize?: number;
  readonly retries?: number;
  /** Reads all kubeconfigs now: what their files come to hold later changes nothing. */
  readonly readNow?: boolean;
  /** Counts milliseconds, evenly, from anywhere. */
  readonly watch?: () => number;
  /** Told of each request's end: the HTTP status, or undefined where no answer came. */
  readonly onRequest?: OnRequest | undefined;
}

export type OpenClusters = Clusters & { close(): Promise<void> };

/** Connections open when first used, so that one broken kubeconfig does not keep the others from working. */
export function createClusters(
  configured: Readonly<Record<string, ClusterCredentials>>,
  options: ClustersOptions,
): OpenClusters {
  const open = new Map<string, Connection>();
  const connect: Connect = (name, who, credential) => {
    const key = `${name}/${who}`;
    const connection =
      open.get(key) ??
      openConnection(name, credential, {
        timeoutMs: options.requestTimeoutMs,
        onRequest: options.onRequest,
      });
    open.set(key, connection);
    return connection;
  };
  if (options.readNow) readAll(configured, connect);

  return {
    names: Object.keys(configured),
    get(name) {
      const credentials = Object.hasOwn(configured, name) ? configured[name] : undefined;
      if (credentials === undefined) throw unknownCluster(name, Object.keys(configured));
      return accessTo({ name, credentials }, connect, options);
    },
    close: async () => {
      await Promise.all([...open.values()].map((connection) => connection.close()));
      open.clear();
    },
  };
}

type Connect = (name: string, who: 'reader' | 'fixer', credential: CredentialConfig) => Connection;

/** One that cannot be read says so to who uses it. */
function readAll(configured: Readonly<Record<string, ClusterCredentials>>, connect: Connect): void {
  for (const [name, reader] of Object.entries(configured)) {
    tryTo(() => connect(name, 'reader', reader));
    const { fixer } = reader;
    if (fixer !== undefined) tryTo(() => connect(name, 'fixer', fixer));
  }
}

function tryTo(connect: () => Connection): void {
  try {
    connect();
  } catch (error) {
    if (!(error instanceof AcknetError)) throw error;
  }
}

function accessTo(
  { name, credentials }: { readonly name: string; readonly credentials: ClusterCredentials },
  connect: Connect,
  { pageSize = 500, retries = 2, watch = () => performance.now() }: ClustersOptions,
): ClusterAccess {
  const reading = () => connect(name, 'reader', credentials);
  const fixing = () => {
    if (credentials.fixer === undefined) throw noFixer(name);
    return connect(name, 'fixer', credentials.fixer);
  };
  return {
    name,
    reader: (signal) => createKubeReader(reading(), { signal, pageSize, retries, watch }),
    writer: (signal) => createKubeWriter(fixing(), signal),
    credentialEnds: (who) => (who === 'reader' ? reading() : fixing()).ends(),
    may: (who, access, signal) => reviewAccess(who === 'reader' ? reading() : fixing(), access, signal),
  };
}

async function reviewAccess(
  connection: Connection,
  access: ResourceAccess,
  signal: AbortSignal,
): Promise<boolean> {
  const { group, resource, verb, namespace, name, subresource } = access;
  const request: KubeRequest = {
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { group, resource, verb, namespace, name, subresource } },
    },
    signal,
  };
  const review = await sendForObject(connection, request, {
    wanted: 'an access review',
    is: (value) => value.kind === 'SelfSubjectAccessReview' && flag(value, 'status', 'allowed') !== undefined,
  });
  return flag(review, 'status', 'allowed') === true;
}

function unknownCluster(name: string, known: readonly string[]): AcknetError {
  const near = nearestName(name, known);
  return new AcknetError('cluster.unknown', `No cluster is called "${name}".`, {
    hint:
      known.length === 0
        ? 'No clusters are configured.'
        : `${near === undefined ? '' : `Did you mean ${near}? `}Known: ${known.join(', ')}.`,
  });
}

const noFixer = (name: string): AcknetError =>
  new AcknetError(
    'cluster.no-fixer',
    `Cluster ${name} has no fixer credential, so nothing can be changed there.`,
    {
      hint: `Add clusters.${name}.fixer to acknet.yaml; \`acknet rbac --fixes\` prints the role it needs.`,
    },
  );
