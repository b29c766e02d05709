import { context, section } from '../kit/blocks.js';
import type { SlackMessage } from '../kit/message.js';
import { code } from '../kit/mrkdwn.js';
import { commandNames, commands } from './command-table.js';

/** What can be asked and typed, with examples; `cluster` = one that can be checked, if there is one. */
export function helpView(cluster: string | undefined): SlackMessage {
  const lines = commandNames.map((name) => {
    const { usage, does } = commands[name];
    return `${code(`/acknet ${usage}`)} ${does}`;
  });
  return {
    text: `acknet: ask me in your own words, or /acknet ${commandNames.join(', ')}.`,
    blocks: [
      section(
        [
          '*Ask me about container networking on ACK*, in your own words, here or in a DM. Paste error texts as they are:',
          '>@acknet nodes went NotReady after we bumped the flannel image by hand',
          '>@acknet `InvalidVSwitchId.IpNotEnough`',
        ].join('\n'),
      ),
      section(['*Or type*', ...lines].join('\n')),
      context(
        `A check only reads. A fix is shown as a card first, and nothing changes until someone entitled approves it. ${cluster === undefined ? 'No cluster is configured yet, so I answer questions only.' : `Try ${code(`/acknet check ${cluster}`)}.`}`,
      ),
    ],
  };
}
