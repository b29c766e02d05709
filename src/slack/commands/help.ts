import { commandTexts } from '../../texts/commands.js';
import { context, section } from '../kit/blocks.js';
import type { SlackMessage } from '../kit/message.js';
import { bold, code } from '../kit/writing/mrkdwn.js';
import { commandNames, commands } from './command-table.js';

const { help } = commandTexts;

/** What can be asked and typed, with examples; `cluster` = one that can be checked, if there is one. */
export function helpView(cluster: string | undefined): SlackMessage {
  const lines = commandNames.map((name) => {
    const { usage, does } = commands[name];
    return `${code(`/acknet ${usage}`)} ${does}`;
  });
  return {
    text: help.text(commandNames.join(', ')),
    blocks: [
      section([help.askMe, ...help.examples.map((example) => `>${example}`)].join('\n')),
      section([bold(help.orType), ...lines].join('\n')),
      context(
        `${help.promise} ${cluster === undefined ? help.noCluster : help.tryCheck(code(`/acknet check ${cluster}`))}`,
      ),
    ],
  };
}
