import type { ObjectRef, Resource } from '../ports.js';

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

const writable = {
  ConfigMap: { group: '', version: 'v1', plural: 'configmaps' },
  Node: { group: '', version: 'v1', plural: 'nodes' },
  Service: { group: '', version: 'v1', plural: 'services' },
  DaemonSet: { group: 'apps', version: 'v1', plural: 'daemonsets' },
} as const;

export const writablePath = (target: ObjectRef & { kind: keyof typeof writable }): string =>
  apiPath(writable[target.kind], target);
