import { setTimeout as sleep } from 'node:timers/promises';
import { mask } from '../masking/mask.js';
import { wireOutcome } from '../ops/metrics.js';
import { openModalWith, updateModalWith } from '../slack/listeners/open-modal.js';
import { createClients } from '../slack/wire/create-clients.js';
import { createEditor } from '../slack/wire/create-editor.js';
import { createPermalinks } from '../slack/wire/create-permalinks.js';
import { createPoster } from '../slack/wire/create-poster.js';
import { createHeardBefore } from '../slack/wire/heard-before.js';
import { createNames } from '../slack/wire/names/create-names.js';
import { createEditPace } from '../slack/wire/posts/edit-pace.js';
import { createSendFolded } from '../slack/wire/posts/send-folded.js';
import { wayToSlack } from '../slack/wire/way-to-slack.js';
import type { Given } from './app-ports.js';

/** What Slack is told by, and what of it was heard before. */
export function buildWire({ config, ports, tuning }: Given) {
  const { redis, logger, metrics, now, newId } = ports;
  const keyed = { redis, prefix: tuning.prefix };
  const way = wayToSlack(config.slack.proxy);
  const {
    posts,
    replies: client,
    edits,
  } = createClients({
    token: config.slack.botToken,
    apiUrl: config.slack.apiUrl,
    way,
    logger,
    onCall: (method, status) =>
      metrics.slackCalls.inc({ method: mask(method), outcome: wireOutcome(status) }),
  });
  const sendFolded = createSendFolded({ logger });
  const pace = createEditPace({
    ...keyed,
    everyMs: tuning.editEveryMs,
    globalEveryMs: tuning.editGlobalMs,
    pause: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
  });
  return {
    way,
    client,
    edits,
    pace,
    poster: createPoster({ posts, replies: client, sendFolded, ...keyed, now, newId }),
    editor: createEditor({ client: edits, sendFolded, ...keyed, logger, pace }),
    openModal: openModalWith(client),
    updateModal: updateModalWith(client),
    permalink: createPermalinks(client),
    names: createNames({ client, ...keyed }),
    heard: createHeardBefore(redis, tuning.prefix),
  };
}
