import type { HomeView, KnownBlock } from '@slack/types';
import { fixTexts } from '../../texts/fixes.js';
import { homeTexts } from '../../texts/home.js';
import { verdictWords } from '../../texts/verdict.js';
import { titleOf } from '../fixes/views/card/card-heading.js';
import { actionIds } from '../kit/action-ids.js';
import { askerText } from '../kit/asker.js';
import { button, context, header, section, sections } from '../kit/blocks.js';
import { bold, clip, code, escapeMrkdwn, link, literal, mentionUser, when } from '../kit/writing/mrkdwn.js';
import { type ScheduleLine, scheduleLine } from '../schedules/views/schedules-list.js';
import { SHOWN } from './gather-home.js';
import type { LinkedCard } from '../fixes/linked-cards.js';
import type { HomeCluster, HomeContent, HomeRun } from './home-content.js';

/** The Home tab of one person. */
export function homeView(content: HomeContent, at: Date): HomeView {
  return {
    type: 'home',
    blocks: [
      ...approvalBlocks(content.approvals),
      ...clusterBlocks(content.clusters),
      ...runningBlocks(content),
      ...scheduleBlocks(content.schedules),
      ...typeBlocks(),
      context(homeTexts.kept(when(at))),
    ],
  };
}

/** What could not be gathered is said, and what can be typed all the same. */
export const unreadableHome = (): HomeView => ({
  type: 'home',
  blocks: [section(`:warning: ${homeTexts.unreadable}`), ...typeBlocks()],
});

function clusterBlocks(clusters: readonly HomeCluster[]): KnownBlock[] {
  const left = clusters.length - SHOWN.clusters;
  return [
    header(homeTexts.clusters),
    ...(clusters.length === 0 ? [section(homeTexts.noClusters)] : []),
    ...clusters.slice(0, SHOWN.clusters).map(clusterBlock),
    ...(left > 0 ? [context(homeTexts.moreClusters(left))] : []),
  ];
}

function clusterBlock({ name, last, isRunning }: HomeCluster): KnownBlock {
  const result =
    last === undefined ? homeTexts.notChecked : `${literal(verdictWords(last.verdict))} · ${when(last.at)}`;
  const state = isRunning ? `${result} · ${homeTexts.beingChecked}` : result;
  const press = { action: actionIds.homeCheck, value: name, label: homeTexts.checkCluster(name) };
  return section(`${bold(escapeMrkdwn(name))}\n${state}`, button(homeTexts.check, press));
}

/** On top, where there is something to decide. */
function approvalBlocks(cards: readonly LinkedCard[]): KnownBlock[] {
  if (cards.length === 0) return [];
  const lines = cards
    .slice(0, SHOWN.cards)
    .map(({ proposal, link: url }) =>
      [
        `• ${nameOf({ proposal, link: url })}`,
        ...(proposal.requestedBy === undefined
          ? []
          : [homeTexts.askedBy(mentionUser(proposal.requestedBy.user))]),
        homeTexts.expires(when(proposal.expiresAt)),
        ...(url === undefined ? [homeTexts.elsewhere] : []),
      ].join(' · '),
    );
  const left = cards.length - SHOWN.cards;
  return [
    header(homeTexts.approvals),
    ...sections(lines.join('\n')),
    ...(left > 0 ? [context(homeTexts.moreApprovals(left))] : []),
  ];
}

function runningBlocks({ approvals, runs, fixes }: HomeContent): KnownBlock[] {
  const lines = [...fixes.slice(0, SHOWN.cards).map(fixLine), ...runs.slice(0, SHOWN.runs).map(runLine)];
  const left = Math.max(0, fixes.length - SHOWN.cards) + Math.max(0, runs.length - SHOWN.runs);
  const none = approvals.length === 0 ? homeTexts.nothingAtAll : homeTexts.nothingRuns;
  return [
    header(homeTexts.running),
    ...sections(lines.length === 0 ? none : lines.join('\n')),
    ...(left > 0 ? [context(homeTexts.moreRunning(left))] : []),
  ];
}

/** Where there are any: most who open Home have none. */
function scheduleBlocks(schedules: readonly ScheduleLine[]): KnownBlock[] {
  if (schedules.length === 0) return [];
  const left = schedules.length - SHOWN.schedules;
  return [
    header(homeTexts.schedules),
    ...sections(schedules.slice(0, SHOWN.schedules).map(scheduleLine).join('\n')),
    ...(left > 0 ? [context(homeTexts.moreSchedules(left))] : []),
  ];
}

const fixLine = (card: LinkedCard): string => `• ${nameOf(card)}: ${fixTexts.states[card.proposal.state]}`;

/** As the lists of fixes name it, and where its card can be opened. */
function nameOf({ proposal, link: url }: LinkedCard): string {
  const title = clip(titleOf(proposal), 150);
  const name = proposal.undoes === undefined ? title : homeTexts.undo(title);
  return `${code(proposal.cluster)} ${url === undefined ? literal(name) : link(url, name)}`;
}

const runLine = ({ cluster, state, requestedBy, isScheduled, link: url }: HomeRun): string =>
  [
    `• ${homeTexts.checkOf(code(cluster))}`,
    ...(state === 'waiting' ? [homeTexts.waits] : []),
    isScheduled ? homeTexts.scheduled : homeTexts.askedBy(askerText(requestedBy)),
    ...(url === undefined ? [] : [link(url, homeTexts.see)]),
  ].join(' · ');

const typeBlocks = (): KnownBlock[] => [
  header(homeTexts.whatToType),
  section(homeTexts.type.map(([typed, does]) => `${code(typed)} ${does}`).join('\n')),
  context(homeTexts.here),
];
