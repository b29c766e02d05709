import { nearestName } from '../nearest-name.js';
import { scheduleTexts } from '../texts/schedules.js';
import { readZone, zoneNear } from './time-zone.js';

const { faults } = scheduleTexts;

/** When a schedule runs: each `everyMs`, or by a cron pattern in a time zone. */
export type ScheduleTime =
  | { readonly text: string; readonly everyMs: number }
  | { readonly text: string; readonly pattern: string; readonly zone: string };

/** `near` = the valid form that is nearest to what was typed. */
type ReadTime =
  | { readonly ok: true; readonly time: ScheduleTime }
  | { readonly ok: false; readonly why: string; readonly near: string };

const MINUTE = 60_000;
const units: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };
const SHORTEST = 15;
const LONGEST = 7 * 1440;
const DEFAULT = 'daily 09:00 Asia/Shanghai';

/** Reads `every 6h`, `daily 09:00 Asia/Shanghai`, `weekdays 09:00`, `mondays 08:30 Europe/Berlin`; no zone = UTC. */
export function readScheduleTime(typed: string): ReadTime {
  const words = typed
    .slice(0, 200)
    .split(/\s+/)
    .filter((word) => word !== '' && word.toLowerCase() !== 'at');
  const [first = '', second = '', ...rest] = words;
  if (first === '') return no(faults.nothing, DEFAULT);
  if (/^[*\d][\d*/,-]*$/.test(first) && words.length >= 5) return no(faults.cron, DEFAULT);
  const head = first.toLowerCase();
  if (head === 'hourly') return every('1h');
  if (head === 'every' && daysOf(second) !== undefined) return onDays([second, ...rest]);
  if (head === 'every') return every([second, ...rest].join(''));
  if (daysOf(head) !== undefined) return onDays(words);
  if (/^\d/.test(head)) return no(faults.notATime(typed), near(head));
  const meant = nearestName(head, ['every', ...Object.keys(days)]);
  const corrected = meant === undefined ? undefined : readScheduleTime([meant, ...words.slice(1)].join(' '));
  return no(faults.notATime(typed), corrected === undefined ? DEFAULT : formOf(corrected));
}

const formOf = (read: ReadTime): string => (read.ok ? read.time.text : read.near);
const no = (why: string, near: string): ReadTime => ({ ok: false, why, near });

/** A bare `6h` or `09:00`. */
const near = (bare: string): string =>
  formOf(bare.includes(':') ? onDays(['daily', bare]) : every(/[a-z]/.test(bare) ? bare : `${bare}h`));

function every(text: string): ReadTime {
  const [, amount = '', word = ''] = /^(\d{0,6}(?:\.\d{1,3})?)([a-z]{1,10})$/i.exec(text) ?? [];
  const unit =
    units[
      /^(?:min(?:ute)?s?|hours?|hrs?|days?)$/i.test(word) ? word.charAt(0).toLowerCase() : word.toLowerCase()
    ];
  if (unit === undefined) return no(faults.notATime(`every ${text}`), 'every 6h');
  const minutes = Math.round(Number(amount === '' ? 1 : amount) * unit);
  if (minutes < SHORTEST) return no(faults.tooOften(spanOf(SHORTEST)), `every ${spanOf(SHORTEST)}`);
  if (minutes > LONGEST) return no(faults.tooSeldom(spanOf(LONGEST)), `every ${spanOf(LONGEST)}`);
  return { ok: true, time: { text: `every ${spanOf(minutes)}`, everyMs: minutes * MINUTE } };
}

const spanOf = (minutes: number): string =>
  minutes % 1440 === 0 ? `${minutes / 1440}d` : minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;

/** As cron numbers the days of the week. */
const days: Readonly<Record<string, string>> = {
  daily: '*',
  weekdays: '1-5',
  weekends: '0,6',
  sundays: '0',
  mondays: '1',
  tuesdays: '2',
  wednesdays: '3',
  thursdays: '4',
  fridays: '5',
  saturdays: '6',
};

/** `monday`, `mon` and `mondays` are one. */
function daysOf(word: string): string | undefined {
  const lower = word.toLowerCase();
  if (lower === 'day') return 'daily';
  if (lower.length < 3) return undefined;
  if (Object.hasOwn(days, lower)) return lower;
  if (Object.hasOwn(days, `${lower}s`)) return `${lower}s`;
  return Object.keys(days).find(
    (name) => name.endsWith('days') && name.slice(0, 3) === lower && lower !== 'wee',
  );
}

function onDays([day = '', clock = '', ...zoneWords]: readonly string[]): ReadTime {
  const name = daysOf(day) ?? 'daily';
  const time = readClock(clock);
  const typedZone = zoneWords.join('_');
  const zone = typedZone === '' ? 'UTC' : readZone(typedZone);
  const form = (at: string, where: string): string => `${name} ${at} ${where}`;
  const nearForm = form(time?.text ?? '09:00', zone ?? zoneNear(typedZone) ?? 'Asia/Shanghai');
  if (time === undefined) return no(clock === '' ? faults.nothing : faults.noClock(clock), nearForm);
  if (zone === undefined) return no(faults.noZone(typedZone), nearForm);
  const pattern = `${time.minute} ${time.hour} * * ${days[name]}`;
  return { ok: true, time: { text: form(time.text, zone), pattern, zone } };
}

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly text: string;
}

/** `09:00`, `9:00`, `9am`, `9:30pm`. */
function readClock(text: string): Clock | undefined {
  const [, hours = '', minutes = '00', half] = /^(\d{1,2})(?::(\d{2}))?(am|pm)?$/i.exec(text) ?? [];
  if (hours === '' || (half === undefined && !text.includes(':'))) return undefined;
  const typed = Number(hours);
  if (half !== undefined && (typed < 1 || typed > 12)) return undefined;
  const hour = half === undefined ? typed : (typed % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const minute = Number(minutes);
  if (hour > 23 || minute > 59) return undefined;
  return { hour, minute, text: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` };
}
