import type { PlanBlock, TaskCardBlock } from '@slack/types';
import type { Area } from '../../../checks/judging/define-check.js';
import type { RunProgress } from '../../../engine/checking/run-progress.js';
import { checkTexts } from '../../../texts/checks.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { askerText } from '../../kit/asker.js';
import { actions, button, context, section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { bold, escapeMrkdwn, when } from '../../kit/writing/mrkdwn.js';

const { progress: texts, buttons, fields } = checkTexts;

interface ProgressView {
  readonly run: string;
  readonly cluster: string;
  /** undefined = an alert did. */
  readonly requestedBy: string | undefined;
  readonly startedAt: Date;
  /** Absent = queued, not begun. */
  readonly progress?: RunProgress | undefined;
}

export const areaTitles: Readonly<Record<Area, string>> = {
  cluster: 'Cluster',
  terway: 'Terway',
  flannel: 'Flannel',
  'kube-proxy': 'kube-proxy',
  ipv6: 'IPv6',
  across: 'Pods',
};

/** One task an area, so that it reads on a phone. */
export function progressView(view: ProgressView): SlackMessage {
  const areas = view.progress?.areas ?? [];
  const total = areas.reduce((sum, area) => sum + area.total, 0);
  const done = areas.reduce((sum, area) => sum + area.done, 0);
  const state = total === 0 ? texts.waiting : texts.done(done, total);
  return {
    text: `${texts.title(view.cluster)}: ${state}.`,
    blocks: [
      section(`:hourglass_flowing_sand: ${bold(texts.title(escapeMrkdwn(view.cluster)))} · ${state}`),
      ...(total === 0 ? [] : [plan(view, areas)]),
      context(fields.askedBy(askerText(view.requestedBy), when(view.startedAt))),
      ...actions(`run:${view.run}`, [
        button(buttons.cancel, {
          action: actionIds.cancelRun,
          value: encodeValue('run', { r: view.run }),
          label: buttons.cancelOn(view.cluster),
        }),
      ]),
    ],
  };
}

function plan(view: ProgressView, areas: RunProgress['areas']): PlanBlock {
  return {
    type: 'plan',
    title: texts.plan(view.cluster),
    tasks: areas.map((area): TaskCardBlock => {
      return {
        type: 'task_card',
        task_id: area.area,
        title: texts.area({ ...area, area: areaTitles[area.area] }),
        status: area.done === area.total ? 'complete' : area.done === 0 ? 'pending' : 'in_progress',
      };
    }),
  };
}
