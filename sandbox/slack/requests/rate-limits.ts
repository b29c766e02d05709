/** Calls per minute of Slack's method tiers, and the pace of messages in one channel. */
export interface Rates {
  readonly perMinute: Readonly<Record<Tier, number>>;
  readonly perChannel: { readonly perSecond: number; readonly burst: number };
}

export type Tier = 'tier1' | 'tier2' | 'tier3' | 'tier4' | 'special';

export const slackRates: Rates = {
  perMinute: { tier1: 1, tier2: 20, tier3: 50, tier4: 100, special: 600 },
  perChannel: { perSecond: 1, burst: 5 },
};

export interface RateLimits {
  /** Seconds to wait, or undefined where the call may go on. */
  take(method: string, tier: Tier, channel?: string): number | undefined;
}

export function createRateLimits(rates: Rates | 'off', now: () => Date): RateLimits {
  const buckets = new Map<string, { left: number; at: number }>();

  /** A bucket of `size` that refills at `perSecond`. */
  const draw = (key: string, size: number, perSecond: number): number | undefined => {
    const at = now().getTime();
    const bucket = buckets.get(key) ?? { left: size, at };
    const left = Math.min(size, bucket.left + ((at - bucket.at) / 1000) * perSecond);
    buckets.set(key, { left: left >= 1 ? left - 1 : left, at });
    return left >= 1 ? undefined : Math.max(1, Math.ceil((1 - left) / perSecond));
  };

  return {
    take: (method, tier, channel) => {
      if (rates === 'off') return undefined;
      const perMinute = rates.perMinute[tier];
      const { burst, perSecond } = rates.perChannel;
      return (
        draw(method, perMinute, perMinute / 60) ??
        (channel === undefined ? undefined : draw(`${method} ${channel}`, burst, perSecond))
      );
    },
  };
}
