import type { Approvals } from '../../approvals/create-approvals.js';
import type { Clusters } from '../../cluster/ports.js';
import type { Config } from '../../config/config.js';
import type { TalkKind } from '../../intents/conversation/talk-data.js';
import type { Person } from '../../proposals/proposal.js';
import { talkTexts } from '../../texts/talk.js';
import { helpView } from '../commands/help.js';
import { type CommandPorts, runCommand } from '../commands/run-command.js';
import { clusterToTry, visible } from '../commands/visible-clusters.js';
import type { SlackMessage } from '../kit/message.js';
import { noticeView } from '../kit/notices.js';
import { approversView } from './approvers-view.js';
import { type CardPorts, pointToCards } from './point-to-cards.js';

export interface TalkPorts extends CommandPorts, CardPorts {
  readonly approvals: Pick<Approvals, 'allows' | 'maySee'>;
  readonly clusters: Pick<Clusters, 'names'>;
  readonly config: Pick<Config, 'channels' | 'clusters'>;
}

interface Talk {
  readonly kind: TalkKind;
  readonly who: Person;
  readonly channel: string;
  readonly threadTs: string | undefined;
  /** The cluster that the thread is about. */
  readonly cluster: string | undefined;
  /** Whether acknet was spoken to: else it leaves thanks and nods alone. */
  readonly addressed: boolean;
  reply(...messages: readonly SlackMessage[]): Promise<void>;
}

const words: Partial<Record<TalkKind, string>> = {
  greeting: talkTexts.greeting,
  thanks: talkTexts.thanks,
  nod: talkTexts.nod,
  'never-mind': talkTexts.neverMind,
};

/** A short fitting reply to what is no question; what asks for something to be done goes the way of the commands. */
export async function answerTalk(ports: TalkPorts, talk: Talk): Promise<void> {
  const { kind, who, channel, threadTs, reply } = talk;
  const run = (text: string) => runCommand(ports, text, { who, channel, threadTs, reply });
  switch (kind) {
    case 'check':
      return run(`check ${talk.cluster ?? ''}`.trim());
    case 'status':
      return run('status');
    case 'approve':
    case 'reject':
    case 'undo':
      return reply(await pointToCards(ports, { ...talk, kind }));
    case 'approvers':
      return reply(await whoApproves(ports, talk));
    case 'help':
      return talk.addressed ? reply(helpView(await clusterToTry(ports, { who, channel }))) : undefined;
    default:
      return talk.addressed ? reply(noticeView(words[kind] ?? '')) : undefined;
  }
}

async function whoApproves(ports: TalkPorts, { who, cluster, channel }: Talk) {
  const { clusters, config } = ports;
  const meant = cluster ?? config.channels[channel]?.cluster;
  const asked = (meant === undefined ? clusters.names : [meant]).map((name) => ({
    cluster: name,
    approvers: config.clusters[name]?.approvers,
  }));
  return approversView(await visible(ports, who, asked));
}
