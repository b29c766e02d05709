import { SlackApiError } from './slack-api-error.js';

/** Trigger ids open one view each, within three seconds of the act that made them. */
export interface TriggerIds {
  issue(user: string): string;
  /** The user whose act it was. Throws Slack's error for a used, old or unknown one. */
  redeem(id: unknown): string;
}

const lifeMs = 3000;

export function createTriggerIds(now: () => Date, nextId: () => string): TriggerIds {
  const issued = new Map<string, { user: string; at: number; used: boolean }>();
  return {
    issue: (user) => {
      const at = now().getTime();
      const id = `${at}.${issued.size + 1}.${nextId().replaceAll('-', '')}`;
      issued.set(id, { user, at, used: false });
      return id;
    },
    redeem: (id) => {
      const trigger = issued.get(String(id));
      if (trigger === undefined) throw new SlackApiError('invalid_trigger_id');
      if (trigger.used) throw new SlackApiError('exchanged_trigger_id');
      if (now().getTime() - trigger.at > lifeMs) throw new SlackApiError('expired_trigger_id');
      trigger.used = true;
      return trigger.user;
    },
  };
}
