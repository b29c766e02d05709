import type { PlainTextOption, StaticSelect } from '@slack/types';
import { kitTexts } from '../../texts/kit.js';
import { limits, plainText } from './blocks.js';
import { lengthOf } from './writing/mrkdwn.js';

interface Choice {
  readonly text: string;
  readonly value: string;
}

/** Slack's limit of a list of options, and of the groups of them. */
const GROUP = 100;
/** Of a message's characters; the rest is what the menu belongs to. */
const CHARACTERS = 5000;

/**
 * A menu; none where there is nothing to choose, for Slack takes no menu without options. What does not fit is not
 * dropped unsaid: the placeholder says how much of it there is.
 */
export function menu(placeholder: string, action: string, choices: readonly Choice[]): StaticSelect[] {
  const options = thatFit(
    choices.map(({ text, value }) => ({ text: plainText(text, limits.optionText), value })),
  );
  if (options.length === 0) return [];
  const left = options.length < choices.length;
  const label = left
    ? kitTexts.cutMenu({ placeholder, shown: options.length, all: choices.length })
    : placeholder;
  const select = { type: 'static_select' as const, action_id: action };
  const said = { placeholder: plainText(label, limits.placeholder) };
  if (options.length <= GROUP) return [{ ...select, ...said, options }];
  return [{ ...select, ...said, option_groups: groupsOf(options) }];
}

function thatFit(options: readonly PlainTextOption[]): PlainTextOption[] {
  let characters = 0;
  const end = options.findIndex(({ text }) => {
    characters += lengthOf(text.text);
    return characters > CHARACTERS;
  });
  return options.slice(0, end < 0 ? GROUP * GROUP : end);
}

/** One list holds 100; groups of lists hold the rest, each named by where it begins and ends. */
function groupsOf(options: readonly PlainTextOption[]) {
  const lists = Array.from({ length: Math.ceil(options.length / GROUP) }, (_, n) =>
    options.slice(n * GROUP, (n + 1) * GROUP),
  );
  return lists.map((list, n) => ({
    label: plainText(kitTexts.fromTo(n * GROUP + 1, n * GROUP + list.length), limits.optionText),
    options: list,
  }));
}
