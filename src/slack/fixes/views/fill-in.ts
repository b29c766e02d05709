import { fixTexts } from '../../../texts/fixes.js';
import { actionIds } from '../../kit/action-ids.js';
import { actions, button } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { noticeView } from '../../kit/notices.js';

/** The way to the form of a fix from where none can be opened. */
export function fillView(title: string, cluster: string, value: string): SlackMessage {
  const { text, blocks } = noticeView(fixTexts.form.fillAsk(title, cluster));
  const fill = button(fixTexts.form.fill, { action: `${actionIds.startFix}:0`, value, style: 'primary' });
  return { text, blocks: [...blocks, ...actions('start-fix', [fill])] };
}
