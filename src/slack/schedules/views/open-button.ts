import type { Button } from '@slack/types';
import { scheduleTexts } from '../../../texts/schedules.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { button } from '../../kit/blocks.js';

const { report: texts } = scheduleTexts;

/** The cluster's own check, with all there is to say and its fixes, in the thread. */
export const openButton = ({
  cluster,
  runId,
}: {
  readonly cluster: string;
  readonly runId: string;
}): Button =>
  button(texts.open, {
    action: actionIds.openInFleet,
    value: encodeValue('run', { r: runId }),
    label: texts.openLabel(cluster),
  });
