import { wireTexts } from '../../../texts/wire.js';
import type { SlackFile } from '../../kit/message.js';
import { onWireFile } from '../../kit/on-wire.js';
import { slackFault } from '../slack-error.js';
import type { TextClient } from '../text-client.js';
import type { Place } from './place.js';
import { waitOutLimits } from './wait-out-limits.js';

export async function uploadFile(
  client: TextClient,
  { channel, threadTs }: Place,
  file: SlackFile,
): Promise<void> {
  const where =
    threadTs === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: threadTs };
  await waitOutLimits(() => client.filesUploadV2({ ...where, ...onWireFile(file) })).catch(
    (error: unknown) => {
      throw slackFault(error, wireTexts.attempts.uploadFile);
    },
  );
}
