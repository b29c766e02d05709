import type { ObjectRef } from '../../../cluster/ports.js';

/** An object as it is typed: `Kind/name` or `Kind/namespace/name`. */
export const targetText = ({ kind, namespace, name }: ObjectRef): string =>
  [kind, namespace, name].filter((part) => part !== undefined).join('/');

/** undefined = no such text. */
export function readTarget(text: string): ObjectRef | undefined {
  const [kind, ...rest] = text.split('/');
  const name = rest.pop();
  const namespace = rest.pop();
  return kind && name ? { kind, name, namespace } : undefined;
}
