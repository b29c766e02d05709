import type { Resource } from '../ports.js';

/** As objects write it: `v1`, `apps/v1`. */
export const apiVersionOf = ({ group, version }: Pick<Resource<unknown>, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;

type Place = { readonly namespace?: string | undefined; readonly name?: string | undefined };

export function apiPath(
  resource: Pick<Resource<unknown>, 'group' | 'version' | 'plural'>,
  { namespace, name }: Place,
): string {
  const base =
    resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${base}${scope}/${resource.plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

/** Where the writer finds each kind it may change. */
export const writable = {
  ConfigMap: { group: '', version: 'v1', plural: 'configmaps' },
  Node: { group: '', version: 'v1', plural: 'nodes' },
  Service: { group: '', version: 'v1', plural: 'services' },
  DaemonSet: { group: 'apps', version: 'v1', plural: 'daemonsets' },
} as const;
