/** Known names: of clusters, checks, findings and fixes. */
interface Names {
  readonly isName: (word: string) => boolean;
}

/** Commands whose words are names alone, and those where a reason follows the first. */
const WITH_NAMES = /^(?:explain|history|pending|cancel|fleet|fix|unmute|rebind)$/;
const WITH_REASON = /^mute$/;
/** A cluster or all, and words of a time after it. */
const SCHEDULED = /^(?:un)?schedule$/;
const TIME = /^(?:every|hourly|daily|weekdays|weekends|weekly|[a-z]{3,6}days?)$/i;
const OPTION = /^--[a-z]+(?:=\S*)?$/;
const VALUE = /^[A-Za-z][A-Za-z0-9]*=\S+$/;
const COURTESY = /^(?:please|pls|thanks)$/;

/**
 * A command as it stands after `/acknet`, typed where no slash command is: its name, then nothing but what it takes.
 * undefined = anything else, such as a question that begins with such a word.
 */
export function typedCommand(said: string, { isName }: Names): string | undefined {
  const words = said
    .replace(/^\/?acknet\b/i, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !COURTESY.test(word.toLowerCase()));
  const [first = '', ...rest] = words;
  const name = first.toLowerCase();
  if (rest.length === 0) return /^(?:unanswered|feedback)$/.test(name) ? name : undefined;
  if (/^(?:unanswered|feedback)$/.test(name)) return rest.join() === '--csv' ? `${name} --csv` : undefined;
  if (SCHEDULED.test(name)) return isSchedule(name, rest, isName) ? [name, ...rest].join(' ') : undefined;
  const isMeant = WITH_REASON.test(name)
    ? isName(rest[0] ?? '')
    : WITH_NAMES.test(name) && rest.every((word) => isName(word) || OPTION.test(word) || VALUE.test(word));
  return isMeant ? [name, ...rest].join(' ') : undefined;
}

function isSchedule(
  name: string,
  [cluster = '', ...time]: readonly string[],
  isName: Names['isName'],
): boolean {
  const isNamed = cluster === 'all' || isName(cluster);
  return name === 'unschedule' ? isNamed && time.length === 0 : isNamed && TIME.test(time[0] ?? '');
}
