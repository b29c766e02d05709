import { isObject } from '../../src/cluster/fields.js';
import type { Json } from '../../src/cluster/ports.js';

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `-40m` as an ISO time before `now`, to the second as Kubernetes writes it. */
export function relativeTime(offset: string, now: Date): string {
  const [, amount = '0', unit = 's'] = /^-(\d+)([smhd])$/.exec(offset) ?? [];
  return toSecond(new Date(now.getTime() - Number(amount) * (units[unit] ?? 1) * 1000));
}

export const toSecond = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** Replaces every `ago(-5m)` in a value by that time. */
export function withTimes(value: Json, now: Date): Json {
  if (typeof value === 'string')
    return value.replace(/^ago\((-\d+[smhd])\)$/, (_, offset: string) => relativeTime(offset, now));
  if (Array.isArray(value)) return value.map((entry: Json) => withTimes(entry, now));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withTimes(entry, now)]));
}

/** `1124 02:20:11.104512`, as klog stamps its lines. */
export function klogTime(iso: string): string {
  return `${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 19)}.104512`;
}
