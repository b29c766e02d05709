import type { AddressInfo } from 'node:net';
import type { Desk } from './requests/call-method.js';
import { defaultWorkspace } from './state/default-workspace.js';
import { eventEnvelope } from './state/event-envelope.js';
import type { AppLine } from './socket/app-line.js';
import { createFaults, type FaultControl } from './requests/faults.js';
import { allMethods } from './methods/index.js';
import { createPerson } from './people/create-person.js';
import type { Person } from './people/person.js';
import { channelMessages, personState } from './state/person-state.js';
import { createRateLimits, slackRates } from './requests/rate-limits.js';
import { createRequestHub } from './http/request-hub.js';
import { createResponseUrls } from './requests/response-urls.js';
import { createSignal } from './signal.js';
import { createSlackServer } from './slack-server.js';
import type { ApiCall, SlackSimulator, SlackSimulatorOptions } from './slack-simulator.js';
import { createEventDelivery } from './socket/event-delivery.js';
import { createSocketHub } from './socket/socket-hub.js';
import { createTriggerIds } from './requests/trigger-ids.js';
import { waitFor } from './wait-for.js';
import { workspaceChanges } from './state/workspace-changes.js';
import { dmOf } from './state/workspace-seed.js';
import { createWorld, type Wire, type World } from './state/world.js';

/** A Slack workspace on loopback. `docs/sandbox-slack.md` says what it covers and which limits it enforces. */
export async function startSlackSimulator(options: SlackSimulatorOptions): Promise<SlackSimulator> {
  const { now, nextId, seed = defaultWorkspace, rates = 'slack' } = options;
  const address = { base: '' };
  const changes = createSignal();
  const sockets = createSocketHub({ appId: seed.app.id, nextId, onAck: options.onAck });
  const tokens = {
    bot: `xoxb-${seed.team.id}-simulated`,
    app: `xapp-1-${seed.app.id}-simulated`,
    signing: `simulated-secret-of-${seed.app.id}`,
  };
  const requests = createRequestHub({ secret: tokens.signing, now });
  const hub: AppLine = options.transport === 'http' ? requests : sockets;
  const faults = createFaults(sockets, options.ackDeadlineMs ?? 3000);
  const delivery = createEventDelivery(hub, faults);
  const world: World = createWorld({
    ...{ seed, now, nextId },
    triggers: createTriggerIds(now, nextId),
    responseUrls: createResponseUrls({
      team: seed.team.id,
      base: () => `${address.base}/hooks`,
      now,
      nextId,
    }),
    emit: (events) => deliver(events, { world, faults, delivery }),
    changed: () => {
      world.version += 1;
      changes.fire();
    },
  });

  const tickets = createTickets(nextId);
  const calls: ApiCall[] = [];
  const desk: Desk = {
    ...{ world, faults, calls, tokens, onCall: options.onCall },
    limits: createRateLimits(rates === 'slack' ? slackRates : rates, now),
    methods: allMethods({
      socket: () =>
        `${address.base.replace('http', 'ws')}/link/?ticket=${tickets.issue()}&app_id=${seed.app.id}`,
      upload: () => `${address.base}/upload/`,
    }),
  };
  const server = createSlackServer({ desk, hub: sockets, takeTicket: tickets.take });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  address.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    apiUrl: `${address.base}/api/`,
    botToken: tokens.bot,
    appToken: tokens.app,
    signingSecret: tokens.signing,
    sendTo: requests.sendTo,
    ...{ seed, faults, calls, dmOf },
    as: (id) => personAt(world, hub, { id, faults }),
    state: (as) => personState(world, as),
    messages: (at) => channelMessages(world, at),
    ...workspaceChanges(world),
    onChange: changes.listen,
    waitFor: (probe, timeoutMs = options.patienceMs ?? 10_000) =>
      waitFor(probe, { timeoutMs, changed: changes.next }),
    sockets: () => sockets.size(),
    close: async () => {
      delivery.close();
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Delivering {
  readonly world: World;
  readonly faults: FaultControl;
  readonly delivery: ReturnType<typeof createEventDelivery>;
}

/** The faults of "the next event" are for what people do; echoes of the bot's own acts pass by. */
function deliver(events: readonly Wire[], { world, faults, delivery }: Delivering): void {
  const ownEcho = events.some(
    (event) => event.bot_id !== undefined || event.user === world.seed.app.botUser || event.hidden === true,
  );
  const how = ownEcho ? { duplicate: false, loseAck: false } : faults.nextEvent();
  for (const event of events) delivery.deliver(eventEnvelope(world, event), how);
}

function personAt(
  world: World,
  hub: Pick<AppLine, 'send'>,
  { id, faults }: { id: string; faults: FaultControl },
): Person {
  const user = world.users.get(id);
  if (user === undefined) throw new TypeError(`no person ${id} in the workspace`);
  return createPerson({
    world,
    user,
    send: (envelope) => hub.send(envelope, { deadlineMs: faults.ackDeadlineMs }),
  });
}

function createTickets(nextId: () => string) {
  const open = new Set<string>();
  return {
    issue: () => {
      const ticket = nextId();
      open.add(ticket);
      return ticket;
    },
    take: (ticket: string) => open.delete(ticket),
  };
}
