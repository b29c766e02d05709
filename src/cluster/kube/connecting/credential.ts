import { readFileSync } from 'node:fs';
import { AcknetError } from '../../../errors.js';
import type { Credential } from './admission.js';
import { libraryCredential } from './library-credential.js';
import { type KubeconfigChoice, readKubeconfig } from './read-kubeconfig.js';
import { staticCredential } from './static-credential.js';

export interface CredentialConfig {
  /** Path of a kubeconfig; absent = the pod's service account. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
}

/**
 * Reads the kubeconfig now; throws `config.invalid` when it or its context is missing. What it holds itself is used as it
 * is. Only for plugins, auth providers and service accounts the client library is loaded, when first needed: it weighs
 * 60 MB and takes half a second to load. `podRoot` stands before the paths of a pod's service account; empty in a pod.
 */
export function openCredential(
  cluster: string,
  { kubeconfig, context }: CredentialConfig,
  podRoot?: string,
): Credential {
  if (kubeconfig === undefined) return libraryCredential(cluster, { podRoot });
  const choice = readKubeconfig(cluster, kubeconfig, context);
  refusePlainHttp(cluster, choice);
  return choice.needsLibrary
    ? libraryCredential(cluster, {
        kubeconfig: { file: kubeconfig, text: readFileSync(kubeconfig, 'utf8') },
        context: choice.context,
        impersonation: choice.impersonation,
      })
    : staticCredential(cluster, choice);
}

const LOOPBACK = /^http:\/\/(127(\.\d+){3}|localhost|\[::1\])(:\d+)?(\/|$)/;

function refusePlainHttp(cluster: string, { server, skipVerify }: KubeconfigChoice): void {
  if (!server.startsWith('http:') || skipVerify || LOOPBACK.test(server)) return;
  throw new AcknetError(
    'config.invalid',
    `Cluster ${cluster}: ${server} is not encrypted, and a token would travel in clear text.`,
    {
      hint: 'Use https, or set insecure-skip-tls-verify in the kubeconfig if the way there is safe otherwise.',
    },
  );
}
