import type { PlanBlock, TaskCardBlock } from '@slack/types';
import type { Area } from '../../../checks/define-check.js';
import type { RunProgress } from '../../../engine/checking/run-progress.js';
import { count } from '../../../texts/count.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { actions, button, context, section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { bold, escapeMrkdwn, mentionUser, when } from '../../kit/mrkdwn.js';

interface ProgressView {
  readonly run: string;
  readonly cluster: string;
  readonly requestedBy: string;
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
  const state = total === 0 ? 'waiting for a worker' : `${done} of ${count(total, 'check')} done`;
  return {
    text: `Checking ${view.cluster}: ${state}.`,
    blocks: [
      section(`:hourglass_flowing_sand: ${bold(`Checking ${escapeMrkdwn(view.cluster)}`)} · ${state}`),
      ...(total === 0 ? [] : [plan(view, areas)]),
      context(`Asked by ${mentionUser(view.requestedBy)} · ${when(view.startedAt)}`),
      ...actions(`run:${view.run}`, [
        button('Cancel', {
          action: actionIds.cancelRun,
          value: encodeValue('run', { r: view.run }),
          label: `Cancel the check of ${view.cluster}`,
        }),
      ]),
    ],
  };
}

function plan(view: ProgressView, areas: RunProgress['areas']): PlanBlock {
  return {
    type: 'plan',
    title: `What is looked at in ${view.cluster}`,
    tasks: areas.map((area): TaskCardBlock => {
      const found = area.found === 0 ? '' : `, ${area.found} found something`;
      return {
        type: 'task_card',
        task_id: area.area,
        title: `${areaTitles[area.area]}: ${area.done} of ${area.total}${found}`,
        status: area.done === area.total ? 'complete' : area.done === 0 ? 'pending' : 'in_progress',
      };
    }),
  };
}
