import type { Approvals } from '../../approvals/create-approvals.js';
import type { Clusters } from '../../cluster/ports.js';
import type { FleetFlow, FleetRequest } from '../../jobs/fleet/create-fleet-flow.js';
import { fleetTexts } from '../../texts/fleets.js';
import type { SlackMessage } from '../kit/message.js';
import { noticeView, refusalView } from '../kit/notices.js';

export interface StartFleetPorts {
  readonly approvals: Pick<Approvals, 'may' | 'allows'>;
  readonly clusters: Pick<Clusters, 'names'>;
  readonly fleets: Pick<FleetFlow, 'start'>;
}

/** The same checks on every cluster that who asks may ask about, told in one message. */
export async function startFleet(
  ports: StartFleetPorts,
  request: Omit<FleetRequest, 'clusters' | 'leftOut'>,
  reply: (message: SlackMessage) => Promise<void>,
): Promise<void> {
  const { names } = ports.clusters;
  const who = request.requestedBy;
  if (names.length === 0) return reply(noticeView(fleetTexts.noClusters));
  const answers = await Promise.all(
    names.map(async (name) => ({ name, may: await ports.approvals.allows('ask', who, name) })),
  );
  const refused = answers.flatMap(({ name, may }) => (may.ok ? [] : [{ name, may }]));
  if (refused[0] !== undefined && refused.length === answers.length) {
    // Now it is a refusal: audited, once.
    await ports.approvals.may('ask', who, refused[0].name);
    return reply(refusalView(refused[0].may));
  }
  await ports.fleets.start({
    ...request,
    clusters: answers.filter(({ may }) => may.ok).map(({ name }) => name),
    leftOut: refused.map(({ name, may }) => ({ name, why: may.reason })),
  });
}
