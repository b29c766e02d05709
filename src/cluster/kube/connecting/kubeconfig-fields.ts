import { AcknetError } from '../../../errors.js';
import { isObject, object, text } from '../../fields.js';
import type { JsonObject } from '../../ports.js';

/**
 * Every field that the kubeconfig format has for a cluster, a user and an exec plugin, and whether acknet does what it
 * says. `no effect` = nothing that acknet does depends on it. Any other field is refused by name: one that is dropped
 * silently could make requests run with other rights, or by another way, than the file says.
 */
const clusterFields = {
  server: 'honoured',
  'tls-server-name': 'honoured',
  'insecure-skip-tls-verify': 'honoured',
  'certificate-authority': 'honoured',
  'certificate-authority-data': 'honoured',
  'proxy-url': 'honoured',
  'disable-compression': 'no effect',
  extensions: 'no effect',
} as const;

const userFields = {
  'client-certificate': 'honoured',
  'client-certificate-data': 'honoured',
  'client-key': 'honoured',
  'client-key-data': 'honoured',
  token: 'honoured',
  tokenFile: 'honoured',
  'token-file': 'honoured',
  username: 'honoured',
  password: 'honoured',
  as: 'honoured',
  'as-uid': 'honoured',
  'as-groups': 'honoured',
  'as-user-extra': 'honoured',
  exec: 'honoured',
  'auth-provider': 'honoured',
  extensions: 'no effect',
} as const;

/** The library runs the plugin without telling it of the cluster, and nobody could type an answer. */
const execFields = {
  apiVersion: 'honoured',
  command: 'honoured',
  args: 'honoured',
  env: 'honoured',
  installHint: 'no effect',
  interactiveMode: 'no effect',
  provideClusterInfo: 'no effect',
} as const;

export const kubeconfigFields = { cluster: clusterFields, user: userFields, exec: execFields } as const;

/** The auth providers that the client library can ask. */
const PROVIDERS: readonly string[] = ['azure', 'gcp', 'oidc', 'tokenFile'];

interface Chosen {
  readonly file: string;
  readonly context: string;
  readonly target: JsonObject;
  readonly user: JsonObject;
}

/** Throws `config.invalid`, naming the field, where acknet would not do what the file says. */
export function refuseUnknownFields(cluster: string, { file, context, target, user }: Chosen): void {
  const exec = object(user, 'exec');
  const fault =
    unknownField(target, clusterFields, 'cluster') ??
    unknownField(user, userFields, 'user') ??
    unknownField(exec, execFields, 'user.exec') ??
    unservedValue({ target, user, exec });
  if (fault === undefined) return;
  throw new AcknetError(
    'config.invalid',
    `Cluster ${cluster}: context "${context}" in ${file} has ${fault}.`,
    {
      hint: 'acknet does what a kubeconfig says, or refuses it. Take the field out, or say the same in a way that is supported.',
    },
  );
}

function unknownField(given: JsonObject, known: object, where: string): string | undefined {
  const odd = Object.keys(given).find((name) => !Object.hasOwn(known, name) && given[name] !== null);
  return odd === undefined ? undefined : `the field ${where}.${odd.slice(0, 80)}, which acknet does not know`;
}

function unservedValue({ target, user, exec }: Omit<Chosen, 'file' | 'context'> & { exec: JsonObject }) {
  const proxy = target['proxy-url'];
  if (proxy !== undefined && !/^https?:\/\//.test(String(proxy)))
    return 'a cluster.proxy-url that is not http:// or https://';
  if (exec.provideClusterInfo === true)
    return 'user.exec.provideClusterInfo: true, and acknet does not tell a plugin of the cluster';
  if (exec.interactiveMode === 'Always')
    return 'user.exec.interactiveMode: Always, and nobody is there to answer the plugin';
  const provider = text(user, 'auth-provider', 'name');
  if (isObject(user['auth-provider']) && !PROVIDERS.includes(provider ?? ''))
    return `the user.auth-provider "${(provider ?? '').slice(0, 80)}", which acknet cannot ask`;
  return impersonationFault(user);
}

/** The API server refuses these without a user; a value of another type would be dropped. */
function impersonationFault(user: JsonObject): string | undefined {
  const others = ['as-uid', 'as-groups', 'as-user-extra'].filter((name) => user[name] !== undefined);
  if (others.length > 0 && !text(user, 'as')) return `user.${others[0]} without user.as`;
  const isTexts = (value: unknown) =>
    Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry !== '');
  if (user.as !== undefined && typeof user.as !== 'string') return 'a user.as that is no text';
  if (user['as-uid'] !== undefined && typeof user['as-uid'] !== 'string')
    return 'a user.as-uid that is no text';
  if (user['as-groups'] !== undefined && !isTexts(user['as-groups']))
    return 'user.as-groups that are no list of texts';
  const extra = user['as-user-extra'];
  if (extra !== undefined && !(isObject(extra) && Object.values(extra).every(isTexts)))
    return 'a user.as-user-extra that is no map of lists of texts';
  return undefined;
}
