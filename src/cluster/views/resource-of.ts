import type { Resource } from '../ports.js';
import type { Wire } from '../wire.js';

/** A resource whose projection reads only fields that the library's type `T` has; the one place where JSON is taken for one. */
export const resourceOf = <T, V>(
  kind: Omit<Resource<V>, 'project'>,
  project: (raw: Wire<T>) => V,
): Resource<V> => ({ ...kind, project: (raw) => project(raw as unknown as Wire<T>) });
