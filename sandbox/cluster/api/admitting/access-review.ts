import { isObject, object, text } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { badRequest, noSuchPath } from '../api-fault.js';
import type { ApiAnswer } from '../api-request.js';
import { type Account, isAllowed } from './rbac.js';

/** The self-subject reviews, for the caller's own token: what `kubectl auth can-i` and `auth whoami` ask. */
export function answerReview(plural: string, account: Account, body: unknown): ApiAnswer {
  if (!isObject(body)) throw badRequest('the object provided is unrecognized: expected a JSON object');
  const answers: Readonly<Record<string, (body: JsonObject) => JsonObject>> = {
    selfsubjectaccessreviews: (asked) => accessOf(account, asked),
    selfsubjectrulesreviews: (asked) => rulesOf(account, text(asked, 'spec', 'namespace')),
    selfsubjectreviews: () => ({
      userInfo: { username: account.user, groups: ['system:authenticated'] },
    }),
  };
  const answer = answers[plural];
  if (answer === undefined) throw noSuchPath();
  return { status: 201, body: { ...body, status: answer(body) } };
}

function accessOf(account: Account, body: JsonObject): JsonObject {
  const asked = object(body, 'spec', 'resourceAttributes');
  const wanted = (key: string): string => text(asked, key) ?? '';
  const subresource = wanted('subresource');
  const allowed =
    account.rules === 'admin' ||
    (Object.keys(asked).length > 0 &&
      isAllowed(account, {
        verb: wanted('verb'),
        group: wanted('group'),
        resource: subresource === '' ? wanted('resource') : `${wanted('resource')}/${subresource}`,
        namespace: wanted('namespace') || undefined,
        name: wanted('name') || undefined,
      }));
  return { allowed, ...(!allowed && { reason: 'no RBAC rule allows it' }) };
}

function rulesOf({ rules }: Account, namespace: string | undefined): JsonObject {
  const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
  const own =
    rules === 'admin'
      ? [everything]
      : rules
          .filter((rule) => rule.namespace === undefined || rule.namespace === namespace)
          .map(({ verbs, group, resource, names }) => ({
            verbs: [...verbs],
            apiGroups: [group],
            resources: [resource],
            ...(names && { resourceNames: [...names] }),
          }));
  return { resourceRules: own, nonResourceRules: [], incomplete: false };
}
