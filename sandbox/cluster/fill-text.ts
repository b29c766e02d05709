import type { LogLine } from './api/objects/pod-logs.js';
import { klogTime, relativeTime } from './relative-time.js';
import type { ScenarioLogLine } from './scenario-schema/basics.js';

/** Puts values where `{key}` stands; unknown keys stay as they are. */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (slot, key: string) => values[key] ?? slot);
}

interface LogMoment {
  readonly startedAt: string;
  readonly now: Date;
  readonly values: Readonly<Record<string, string>>;
}

export function fillLogLine(line: ScenarioLogLine, { startedAt, now, values }: LogMoment): LogLine {
  const at = typeof line === 'string' ? startedAt : relativeTime(line.ago, now);
  const text = typeof line === 'string' ? line : line.text;
  return { at, text: fillText(text, { klog: klogTime(at), iso: at, ...values }) };
}
