import type { AcknetError } from '../../errors.js';
import type { FleetJob } from '../../jobs/queues/payloads.js';
import type { FleetReporter } from '../../jobs/ports.js';
import type { MessageRef } from '../../proposals/proposal.js';
import { fleetTexts } from '../../texts/fleets.js';
import { section } from '../kit/blocks.js';
import type { Posting, SlackMessage } from '../kit/message.js';
import { clip, literal, literalUpTo, mentionUser } from '../kit/writing/mrkdwn.js';
import { errorView, incompleteView } from '../kit/notices.js';
import type { Editor } from '../wire/create-editor.js';
import type { Poster } from '../wire/create-poster.js';
import { fleetProgressView, fleetResultView } from './views/fleet.js';

interface FleetReporterPorts {
  readonly poster: Poster;
  readonly editor: Editor;
}

/** One message for all clusters, edited in place; one reply calls the asker when it is done. */
export function createFleetReporter({ poster, editor }: FleetReporterPorts): FleetReporter {
  const post = (fleet: FleetJob): Promise<MessageRef> =>
    poster.post(keyOf(fleet), placeOf(fleet), fleetProgressView(fleet, []));

  return {
    started: async (fleet) => void (await post(fleet)),

    progress: async (fleet, rows) => {
      editor.edit(await post(fleet), () => fleetProgressView(fleet, rows));
    },

    finished: async (fleet, rows) => {
      const at = await post(fleet);
      await editor.settle(at);
      const posting = fleetResultView(fleet, rows);
      const thread = { channel: at.channel, threadTs: fleet.threadTs ?? at.ts };
      if (!(await poster.update(at, posting.first)))
        await poster.post(`${keyOf(fleet)}:result`, thread, posting.first);
      await poster.post(`${keyOf(fleet)}:done`, thread, doneView(fleet, posting));
      await poster.follow(keyOf(fleet), thread, posting);
    },

    failed: async (fleet, error) => {
      const message = failureView(fleet, error);
      const at = await poster.find(keyOf(fleet));
      if (at !== undefined && (await poster.find(`${keyOf(fleet)}:done`)) !== undefined) {
        const thread = { channel: at.channel, threadTs: fleet.threadTs ?? at.ts };
        await poster.post(`${keyOf(fleet)}:incomplete`, thread, incompleteView(error));
        return;
      }
      if (at !== undefined && (await poster.update(at, message))) return;
      // Where the bot may not post, the person still gets an answer.
      await poster.post(`${keyOf(fleet)}:failed`, { channel: fleet.requestedBy.user }, message);
    },
  };
}

const keyOf = ({ fleetId }: FleetJob): string => `fleet:${fleetId}`;
const placeOf = ({ channel, threadTs }: FleetJob) => ({ channel, threadTs });

/** An edit notifies nobody; this reply does. */
function doneView({ requestedBy }: FleetJob, { first, more }: Posting): SlackMessage {
  const below = more.length === 0 ? '' : fleetTexts.below;
  return {
    text: clip(`${first.text}${below}`, 3000),
    blocks: [section(`${mentionUser(requestedBy.user)} ${literalUpTo(first.text, 2700)}${below}`)],
  };
}

function failureView({ checks, requestedBy }: FleetJob, error: AcknetError): SlackMessage {
  const { text, blocks } = errorView(error);
  const head = fleetTexts.failed(clip(checks.join(', '), 200));
  return {
    text: clip(`${head} ${text}`, 3000),
    blocks: [section(`:x: *${literal(head)}* ${mentionUser(requestedBy.user)}`), ...blocks],
  };
}
