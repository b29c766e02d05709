import { createHash } from 'node:crypto';
import type { Config } from '../../config/config.js';
import type { Incident } from '../../jobs/alerts/incident.js';
import type { IncidentReporter, UnplacedAlert } from '../../jobs/ports.js';
import type { MessageRef } from '../../proposals/proposal.js';
import { alertTexts } from '../../texts/alerts.js';
import { section } from '../kit/blocks.js';
import type { SlackMessage } from '../kit/message.js';
import { mentionGroup, mentionUser } from '../kit/writing/mrkdwn.js';
import type { Poster } from '../wire/create-poster.js';
import { incidentView } from './views/incident.js';
import { unplacedAlertView } from './views/unplaced-alert.js';

interface IncidentReporterPorts {
  readonly config: Pick<Config, 'alerts'>;
  readonly poster: Pick<Poster, 'post' | 'update' | 'find'>;
}

const { reply } = alertTexts;

/** One message an incident, edited in place: an edit notifies nobody. That it ended, or began again, is a reply. */
export function createIncidentReporter({ config, poster }: IncidentReporterPorts): IncidentReporter {
  const ping = pingOf(config.alerts);

  return {
    show: async (incident, { found, isChecked }) => {
      const key = `incident:${incident.id}`;
      const view = incidentView({ incident, found, isChecked, ping });
      const known = await poster.find(key);
      const at = await poster.post(key, { channel: incident.channel }, view);
      if (known !== undefined) await poster.update(at, view);
      await tellTurn(poster, incident, at);
      return at;
    },
    unplaced: async (what) => {
      if (config.alerts === undefined) return;
      await poster.post(
        `unplaced:${keyOf(what)}`,
        { channel: config.alerts.channel },
        unplacedAlertView(what),
      );
    },
  };
}

/** Once for each time it ended or began again, whichever attempt finds it so. */
async function tellTurn(poster: Pick<Poster, 'post'>, incident: Incident, at: MessageRef): Promise<void> {
  const { id, resolvedAt, openedAt, again } = incident;
  const place = { channel: at.channel, threadTs: at.ts };
  if (resolvedAt !== undefined)
    await poster.post(
      `incident:${id}:resolved:${again}`,
      place,
      plain(reply.resolved(Date.parse(resolvedAt) - Date.parse(openedAt))),
    );
  else if (again > 0) await poster.post(`incident:${id}:again:${again}`, place, plain(reply.again));
}

const plain = (text: string): SlackMessage => ({ text, blocks: [section(text)] });

function pingOf(alerts: Config['alerts']): string | undefined {
  const { users = [], groups = [] } = alerts?.ping ?? {};
  const who = [...groups.map(mentionGroup), ...users.map(mentionUser)];
  return who.length === 0 ? undefined : who.join(' ');
}

/** By what is wrong, not by the alert: of one label that acknet does not know there may be thousands. */
function keyOf(what: UnplacedAlert): string {
  const about = 'named' in what ? what.named : 'cluster' in what ? what.cluster : '';
  return createHash('sha256')
    .update(JSON.stringify([what.kind, about]))
    .digest('hex')
    .slice(0, 32);
}
