import { count } from '../../../texts/count.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { paginate } from '../../kit/block-budget.js';
import { actions, button, context, section } from '../../kit/blocks.js';
import type { KnownBlock, SlackFile, SlackMessage } from '../../kit/message.js';
import { bold, escapeMrkdwn, link, literal } from '../../kit/mrkdwn.js';
import { evidenceText, fileName, findingBlocks } from './evidence.js';
import { type Group, isFresh, type Refusal, type ResultView } from './result-groups.js';

/** The findings of one entry with their evidence, and the fixes that are not offered and why. */
export function groupMessages(
  group: Group,
  view: ResultView,
): { messages: SlackMessage[]; files: readonly SlackFile[] } {
  const shown = group.findings
    .slice(0, SHOWN)
    .map((finding) => findingBlocks(finding, { fresh: isFresh(finding, view) }));
  const rest = restOf(group);
  const ids = new Set(group.findings.map(({ id }) => id));
  const doc = group.doc === undefined ? '' : ` · ${link(group.doc.url, group.doc.title)}`;
  const head = section(`${bold(escapeMrkdwn(group.title))}${doc}`);
  const own = view.refusals.filter(({ finding }) => ids.has(finding));
  const refused = own
    .filter(({ needsParams }) => needsParams !== true)
    .map(
      ({ remediation, reason, hint }) =>
        `:no_entry_sign: No button for \`${remediation}\`: ${literal(reason)}${hint === undefined ? '' : ` ${literal(hint)}`}`,
    );
  return {
    messages: paginate(`${group.title}: ${count(group.findings.length, 'finding')} with evidence.`, [
      [head, ...(shown[0]?.blocks ?? [])],
      ...shown.slice(1).map(({ blocks }) => blocks),
      rest === undefined
        ? []
        : [
            context(
              `…and ${count(group.findings.length - SHOWN, 'more finding')} in the file \`${rest.name}\`.`,
            ),
          ],
      [...new Set(refused)].map((line) => context(line)),
      startButtons(own, view.runId),
    ]),
    files: [...shown.flatMap(({ file }) => file ?? []), ...(rest ? [rest] : [])],
  };
}

/** One button a fix that must be told what to set; several findings may lead to it. */
function startButtons(refusals: readonly Refusal[], runId: string): KnownBlock[] {
  const asked = new Map(
    refusals.filter(({ needsParams }) => needsParams).map((refusal) => [refusal.remediation, refusal]),
  );
  const buttons = [...asked.values()].map(({ remediation, finding }, index) =>
    button(`Prepare ${remediation}…`, {
      action: `${actionIds.startFix}:${index}`,
      value: encodeValue('fix', { r: runId, f: finding, m: remediation }),
    }),
  );
  return actions('start-fix', buttons);
}

/** More findings of one entry than this would bury the thread. */
const SHOWN = 15;

/** The findings beyond those shown, whole, in one file. */
function restOf({ title, findings }: Group): SlackFile | undefined {
  if (findings.length <= SHOWN) return undefined;
  return {
    name: fileName(`findings-${title}`),
    title: `More findings: ${title}`,
    content: findings.slice(SHOWN).map(evidenceText).join('\n\n'),
  };
}
