import { listed } from '../../../checks/listed.js';
import type { Fact, Verdict } from '../../../checks/judging/define-check.js';
import { logsRead, logsUnread } from '../../../texts/findings/complaints.js';
import { inPlace, type RunScope } from '../../checking/run-scope.js';
import type { ReadyLogs } from './read-ready-logs.js';

/** What logs that could not be read leave open. */
export interface UnreadLogs {
  readonly fact: Fact;
  readonly unknown: NonNullable<Verdict['unknown']>;
}

/** undefined = all that were asked for in the scope were read. */
export function unreadLogs({ logs, unread }: ReadyLogs, scope?: RunScope): UnreadLogs | undefined {
  const isIn = ({ view }: ReadyLogs['unread' | 'logs'][number]): boolean =>
    scope === undefined || inPlace(scope, view);
  const missing = unread.filter(isIn);
  const [first] = missing;
  if (first === undefined) return undefined;
  const read = logs.filter(isIn).length;
  const measured = {
    read,
    asked: read + missing.length,
    missing: listed(missing.map(({ view }) => view.name)),
    why: first.fault,
    namespace: first.view.namespace,
  };
  return { fact: logsRead(measured), unknown: { code: first.fault.code, detail: logsUnread(measured) } };
}
