import type { Entitled } from '../../approvals/authorise.js';
import { kitTexts } from '../../texts/kit.js';
import { literal, mentionGroup, mentionUser } from './writing/mrkdwn.js';

/** Of each kind; more names say no more. */
export const NAMED = 8;

/** Who may: people and groups as mentions, which calls them, or by `names` that call nobody. */
export function entitledText({ users, groups }: Entitled, names?: ReadonlyMap<string, string>): string {
  const named = (mention: (id: string) => string) => (id: string) =>
    names === undefined ? mention(id) : literal(names.get(id) ?? id);
  const all = [...groups.map(named(mentionGroup)), ...users.map(named(mentionUser))];
  if (all.length === 0) return kitTexts.nobody;
  const left = all.length - NAMED;
  const shown = all.slice(0, NAMED).join(', ');
  return left > 0 ? kitTexts.others({ named: shown, left }) : shown;
}
