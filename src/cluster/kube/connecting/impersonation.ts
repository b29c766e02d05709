import { object, strings, text } from '../../fields.js';
import type { JsonObject } from '../../ports.js';

export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** As whom a kubeconfig's user acts; what the API server is asked for in headers. */
export function impersonationHeaders(user: JsonObject): Headers {
  const [name, uid, groups] = [text(user, 'as'), text(user, 'as-uid'), strings(user, 'as-groups')];
  const extra = Object.keys(object(user, 'as-user-extra')).map(
    (key) =>
      [
        `impersonate-extra-${encodeURIComponent(key).toLowerCase()}`,
        strings(user, 'as-user-extra', key),
      ] as const,
  );
  return {
    ...(name && { 'impersonate-user': name }),
    ...(uid && { 'impersonate-uid': uid }),
    ...(groups.length > 0 && { 'impersonate-group': groups }),
    ...Object.fromEntries(extra.filter(([, values]) => values.length > 0)),
  };
}
