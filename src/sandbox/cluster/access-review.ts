import { isObject, text } from '../../cluster/fields.js';
import { badRequest } from './api-fault.js';
import type { ApiAnswer } from './api-request.js';
import { type Account, isAllowed } from './rbac.js';

/** SelfSubjectAccessReview for the caller's own token: what `kubectl auth can-i` asks. */
export function reviewAccess(account: Account, body: unknown): ApiAnswer {
  if (!isObject(body)) throw badRequest('the object provided is unrecognized');
  const wanted = (key: string): string => text(body, 'spec', 'resourceAttributes', key) ?? '';
  const subresource = wanted('subresource');
  const allowed = isAllowed(account, {
    verb: wanted('verb'),
    group: wanted('group'),
    resource: subresource === '' ? wanted('resource') : `${wanted('resource')}/${subresource}`,
    namespace: wanted('namespace') || undefined,
    name: wanted('name') || undefined,
  });
  return {
    status: 201,
    body: { ...body, status: { allowed, ...(!allowed && { reason: 'no RBAC rule allows it' }) } },
  };
}
