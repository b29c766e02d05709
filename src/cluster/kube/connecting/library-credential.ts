import type https from 'node:https';
import path from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { AcknetError } from '../../../errors.js';
import type { Admission, Credential, TlsOptions } from './admission.js';
import type { Headers } from './impersonation.js';

interface LibraryOptions {
  /** As it was read: what its file comes to hold is for another credential. */
  readonly kubeconfig?: { readonly file: string; readonly text: string };
  readonly context?: string;
  /** The library knows no more of it than a user's name. */
  readonly impersonation?: Headers;
  /** Before the paths at which a pod finds its service account; empty in a pod. */
  readonly podRoot?: string | undefined;
}

/** Service accounts, exec plugins and auth providers: the client library knows how to ask them. */
export function libraryCredential(
  cluster: string,
  { kubeconfig, context, impersonation = {}, podRoot }: LibraryOptions,
): Credential {
  let loading: Promise<KubeConfig> | undefined;
  const load = async (): Promise<KubeConfig> => {
    const library = await import('@kubernetes/client-node');
    const config = new library.KubeConfig();
    if (kubeconfig === undefined) config.loadFromCluster(podRoot);
    else {
      config.loadFromString(kubeconfig.text);
      config.makePathsAbsolute(path.dirname(kubeconfig.file));
    }
    if (context !== undefined) config.setCurrentContext(context);
    return config;
  };
  const admit = async (): Promise<Admission> => {
    try {
      loading ??= load();
      const admitted = await admission(await loading);
      return { ...admitted, headers: { ...admitted.headers, ...impersonation } };
    } catch (cause) {
      loading = undefined;
      throw new AcknetError(
        'cluster.unauthorized',
        `Cluster ${cluster}: the credential could not be obtained.`,
        { cause, hint: hintFor(kubeconfig) },
      );
    }
  };
  return {
    admit,
    async ends() {
      // One that cannot be obtained now renews nothing.
      await admit();
      return 'renewed-by-itself';
    },
  };
}

const hintFor = (kubeconfig: LibraryOptions['kubeconfig']): string =>
  kubeconfig === undefined
    ? 'Without a kubeconfig acknet must run in a pod with a service account; else name one under clusters in acknet.yaml.'
    : 'Run the exec plugin or auth provider of the kubeconfig by hand and see what it says.';

async function admission(config: KubeConfig): Promise<Admission> {
  const options: https.RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key, rejectUnauthorized, servername } = options;
  const tls = Object.fromEntries(
    Object.entries({ ca, cert, key, rejectUnauthorized, servername }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as TlsOptions;
  const basic = options.auth && Buffer.from(options.auth).toString('base64');
  const { server = '', proxyUrl } = config.getCurrentCluster() ?? {};
  return {
    server: server.replace(/\/{1,8}$/, ''),
    headers: {
      ...(basic && { authorization: `Basic ${basic}` }),
      ...Object.fromEntries(
        Object.entries(options.headers as Record<string, string>).map(([name, value]) => [
          name.toLowerCase(),
          value,
        ]),
      ),
    },
    tls,
    proxyUrl,
  };
}
