import { paginate } from './block-budget.js';
import { section, sections } from './blocks.js';
import type { SlackMessage } from './message.js';
import { bold, escapeMrkdwn } from './writing/mrkdwn.js';

/** A titled list, as many messages as it needs. */
export function listView(title: string, lines: readonly string[], none: string): SlackMessage[] {
  const body = lines.length === 0 ? [section(none)] : sections(lines.join('\n'));
  return paginate(lines.length === 0 ? `${title}: ${none}` : `${title}: ${lines.length}`, [
    [section(bold(escapeMrkdwn(title)))],
    body,
  ]);
}
