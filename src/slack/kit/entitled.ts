import type { Entitled } from '../../approvals/authorise.js';
import { count } from '../../texts/count.js';
import { mentionGroup, mentionUser } from './mrkdwn.js';

const SHOWN = 8;

/** Who may: people and groups as mentions. On a new card this calls the approvers, which is its purpose. */
export function entitledText({ users, groups }: Entitled): string {
  const all = [...groups.map(mentionGroup), ...users.map(mentionUser)];
  if (all.length === 0) return 'nobody (no approvers are configured)';
  const left = all.length - SHOWN;
  return `${all.slice(0, SHOWN).join(', ')}${left > 0 ? ` and ${count(left, 'other')}` : ''}`;
}
