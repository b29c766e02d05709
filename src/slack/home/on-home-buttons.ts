import type { App } from '@slack/bolt';
import type { Clusters } from '../../cluster/ports.js';
import { wholeCluster } from '../../engine/checking/run-scope.js';
import type { Person } from '../../proposals/proposal.js';
import { type RequestCheckPorts, requestCheck } from '../checks/request-check.js';
import { unknownCluster } from '../commands/pick-clusters.js';
import { actionIds } from '../kit/action-ids.js';
import { errorView } from '../kit/notices.js';
import type { EphemeralPorts } from '../listeners/ephemeral-reply.js';
import { inPerson } from '../listeners/in-person.js';
import { onClick } from '../listeners/on-click.js';
import type { Poster } from '../wire/create-poster.js';

interface HomeButtonPorts extends RequestCheckPorts, EphemeralPorts {
  readonly clusters: Pick<Clusters, 'names'>;
  readonly poster: EphemeralPorts['poster'] & Pick<Poster, 'say'>;
  /** The channel of somebody's direct messages. */
  readonly directChannel: (who: Person) => Promise<string>;
}

/** *Check* on Home: what comes of it is a direct message, for a Home has no thread. */
export function onHomeButtons(app: App, ports: HomeButtonPorts): void {
  onClick({ app, ports }, actionIds.homeCheck, async ({ click: { who, value } }) => {
    const reply = inPerson(ports, who.user);
    const cluster = ports.clusters.names.find((name) => name === value);
    if (cluster === undefined)
      return reply(errorView(unknownCluster((value ?? '').slice(0, 80), ports.clusters.names)));
    const channel = await ports.directChannel(who);
    await requestCheck(ports, { cluster, checks: [], scope: wholeCluster, requestedBy: who, channel }, reply);
  });
}
