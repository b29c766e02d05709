import { CloudRefusal, type Parameters } from './cloud-world.js';

/** Which action a request asks for. */
export interface Call {
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

export function callOf(headers: Readonly<Record<string, string | undefined>>, url: URL): Call {
  const api = headers['x-acs-action'] ?? '';
  const product = products[headers['x-acs-version'] ?? ''] ?? 'unknown';
  const found = product === 'cs' ? csPaths[api]?.exec(url.pathname) : undefined;
  if (product === 'cs' ? found == null : url.pathname !== '/')
    throw new CloudRefusal(404, 'InvalidAction.NotFound', `${api} is not served at ${url.pathname}.`);
  return { product, api, inPath: { ...found?.groups } };
}
