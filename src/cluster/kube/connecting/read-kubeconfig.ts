import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { AcknetError } from '../../../errors.js';
import { flag, isObject, list, object, text } from '../../fields.js';
import type { JsonObject } from '../../ports.js';
import { type Headers, impersonationHeaders } from './impersonation.js';
import { refuseUnknownFields } from './kubeconfig-fields.js';

/** The cluster and the user that one context of a kubeconfig names. Files are absolute paths. */
export interface KubeconfigChoice {
  readonly context: string;
  readonly server: string;
  readonly skipVerify: boolean;
  readonly serverName?: string | undefined;
  readonly proxyUrl?: string | undefined;
  readonly ca: Source;
  readonly cert: Source;
  readonly key: Source;
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly basic?: string | undefined;
  /** As whom requests are made. */
  readonly impersonation: Headers;
  /** Its user is known only to a plugin or an auth provider. */
  readonly needsLibrary: boolean;
}

/** Base64 in the kubeconfig, or a file beside it. */
export interface Source {
  readonly data?: string | undefined;
  readonly file?: string | undefined;
}

/** Throws `config.invalid`; without `context` the file's current one is taken. */
export function readKubeconfig(cluster: string, file: string, context: string | undefined): KubeconfigChoice {
  const config = parseFile(cluster, file);
  const name = context ?? text(config, 'current-context') ?? '';
  const chosen = entry(config, 'contexts', name);
  const target = entry(config, 'clusters', text(chosen, 'cluster') ?? '');
  const user = entry(config, 'users', text(chosen, 'user') ?? '');
  const server = text(target, 'server');
  if (!server) throw noCluster(cluster, { file, name, config });
  refuseUnknownFields(cluster, { file, context: name, target, user });
  const beside = (value: string | undefined) => value && path.resolve(path.dirname(file), value);
  const source = (from: JsonObject, key: string): Source => ({
    data: text(from, `${key}-data`),
    file: beside(text(from, key)),
  });
  const password = text(user, 'username') && `${text(user, 'username')}:${text(user, 'password') ?? ''}`;
  return {
    context: name,
    server: server.replace(/\/{1,8}$/, ''),
    skipVerify: flag(target, 'insecure-skip-tls-verify') === true,
    serverName: text(target, 'tls-server-name'),
    proxyUrl: text(target, 'proxy-url'),
    ca: source(target, 'certificate-authority'),
    cert: source(user, 'client-certificate'),
    key: source(user, 'client-key'),
    token: text(user, 'token'),
    tokenFile: beside(text(user, 'tokenFile') ?? text(user, 'token-file')),
    basic: password || undefined,
    impersonation: impersonationHeaders(user),
    needsLibrary: isObject(user.exec) || isObject(user['auth-provider']),
  };
}

function parseFile(cluster: string, file: string): JsonObject {
  try {
    const config: unknown = parse(readFileSync(file, 'utf8'));
    if (isObject(config)) return config;
    throw new TypeError('it holds no fields');
  } catch (cause) {
    throw new AcknetError('config.invalid', `Cluster ${cluster}: ${file} could not be read.`, {
      cause,
      hint: 'Check the path under clusters in acknet.yaml, that the file is YAML, and that acknet may read it.',
    });
  }
}

/** `clusters: [{name, cluster: {…}}]` and its likes. */
function entry(config: JsonObject, field: keyof typeof wrapped, name: string): JsonObject {
  const named = list(config, field).find((candidate) => text(candidate, 'name') === name);
  return object(named, wrapped[field]);
}

const wrapped = { contexts: 'context', clusters: 'cluster', users: 'user' } as const;

function noCluster(
  cluster: string,
  { file, name, config }: { file: string; name: string; config: JsonObject },
): AcknetError {
  const known = list(config, 'contexts').flatMap((context) => text(context, 'name') ?? []);
  return new AcknetError(
    'config.invalid',
    `Cluster ${cluster}: context "${name}" names no cluster in ${file}.`,
    { hint: `Contexts there: ${known.join(', ') || 'none'}.` },
  );
}
