import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Logger } from '../../ops/log.js';
import type { Tracing } from '../../ops/tracing/tracing.js';
import type { Trail } from '../../ops/trail.js';

interface TrailPorts {
  readonly trail: Trail;
  readonly tracing: Pick<Tracing, 'span'>;
  readonly logger: Logger;
  readonly newId: () => string;
}

/** Where something came from and which control it was; never what was said. */
const heardSchema = z.object({
  type: z.string().optional(),
  command: z.string().optional(),
  event: z
    .object({
      type: z.string(),
      user: z.string(),
      channel: z.string(),
      ts: z.string(),
      channel_type: z.string(),
    })
    .partial()
    .optional(),
  user: z.object({ id: z.string() }).optional(),
  user_id: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
  channel_id: z.string().optional(),
  actions: z.array(z.object({ action_id: z.string() })).optional(),
  view: z.object({ callback_id: z.string() }).partial().optional(),
});

/** Gives all that Slack brings an id of its own, and says once what came. To be registered first. */
export function onTrail(app: App, { trail, tracing, logger, newId }: TrailPorts): void {
  app.use(({ body, next }) => {
    const request = newId();
    return trail.follow({ request }, () => {
      const heard = heardSchema.safeParse(body);
      if (heard.success) logger[isPassedOn(heard.data) ? 'debug' : 'info'](describe(heard.data), 'heard');
      const kind = heard.success ? (describe(heard.data).kind ?? 'unknown') : 'unknown';
      return tracing.span(`slack ${kind}`, { request }, next);
    });
  });
}

/** Of what people say to each other in a channel most is not for acknet: a line each would bury the others. */
const isPassedOn = ({ event }: z.infer<typeof heardSchema>): boolean =>
  event?.type === 'message' && event.channel_type !== 'im';

const describe = ({
  type,
  command,
  event,
  user,
  channel,
  actions,
  view,
  ...flat
}: z.infer<typeof heardSchema>) => ({
  kind: event?.type ?? command ?? type,
  user: event?.user ?? user?.id ?? flat.user_id,
  channel: event?.channel ?? channel?.id ?? flat.channel_id,
  ts: event?.ts,
  control: actions?.[0]?.action_id ?? view?.callback_id,
});
