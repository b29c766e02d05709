/** What somebody wrote, and what they pasted beside it. */
interface MessageParts {
  /** Their own words: the only ones that may hold slips. */
  readonly asked: string;
  /** Lines of logs, events and commands, without times and places in source code. */
  readonly logs: string;
  /** Those places in source code: they tell whose log it is. */
  readonly places: string;
  /** Manifests and ConfigMaps: context, not what is asked. */
  readonly manifest: string;
}

const LOG_LINE = new RegExp(
  [
    '^\\s*[IWEF]\\d{4}\\b',
    '\\.go:\\d+',
    '\\brpc error\\b',
    '^\\s*(?:\\d+\\w*\\s+)*(?:Warning|Normal)\\s+[A-Z]',
    '\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d',
    '^\\s*[$#] ',
    '\\b[\\w.-]{1,40}=["\\w]',
    '"(?:level|msg|ts|error|reason|message)"\\s*:',
    '\\b(?:desc|err|code|reason|message) ?[=:] ?\\S',
    '^\\s*kernel: ',
  ].join('|'),
);

/** A line of YAML or JSON. */
const FIELD_LINE =
  /^\s*(?:- )?["']?[\w./-]{1,80}["']?:(?:\s|$)|^\s*- \S+$|^\s*["'\]{}[]+,?\s*$|^\s*[{[].*[}\]],?\s*$|^\s*---\s*$/;
/** What only a manifest says; a list of `key: value` alone may as well be an event. */
const MANIFEST_FIELD =
  /^\s*(?:- )?["']?(?:apiVersion|kind|metadata|spec|data|containers|volumes|volumeMounts|featureGates|conntrack|plugins|mode|[\w-]+\.(?:json|conf|conflist|yaml))["']?:(?:\s|$)|^\s*\{.*"(?:plugins|type|cniVersion|apiVersion|kind)"\s*:/;
/** A status says what happened, wherever it stands. */
const STATUS_LINE = /^\s*(?:- )?["']?(?:message|reason|state|lastError|error)["']?:\s+\S/i;

/** Line by line; a run of fields is a manifest where one of them says so. */
export function splitMessage(text: string): MessageParts {
  const parts: Record<Part, string[]> = { asked: [], logs: [], manifest: [] };
  for (const run of runsOf(text.split('\n'))) {
    const isManifest = run.some((line) => MANIFEST_FIELD.test(line));
    for (const line of run) parts[kindOf(line, isManifest)].push(line);
  }
  return {
    asked: parts.asked.join('\n'),
    logs: parts.logs.map(withoutFrame).join('\n'),
    places: [...new Set(parts.logs.flatMap((line) => line.match(PLACE) ?? []))].join('\n'),
    manifest: parts.manifest.join('\n'),
  };
}

type Part = Exclude<keyof MessageParts, 'places'>;

function kindOf(line: string, inManifest: boolean): Part {
  if (inManifest) return STATUS_LINE.test(line) ? 'logs' : 'manifest';
  return LOG_LINE.test(line) ? 'logs' : 'asked';
}

/** Lines one by one, but neighbours that look like fields together. */
function runsOf(lines: readonly string[]): readonly (readonly string[])[] {
  const runs: string[][] = [];
  let open = false;
  for (const line of lines) {
    const isField = FIELD_LINE.test(line) && !LOG_LINE.test(line);
    const last = runs.at(-1);
    if (isField && open && last !== undefined) last.push(line);
    else runs.push([line]);
    open = isField;
  }
  return runs;
}

const PLACE = /\b[\w./-]{1,80}\.go:\d+\]?:?/g;
const LOG_FRAMES: readonly RegExp[] = [
  /\b[IWEF]\d{4}(?: \d\d:\d\d:\d\d(?:\.\d+)?)?(?:\s+\d+)?\s/g,
  /\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g,
  /\bstd(?:err|out) [FP] /g,
  PLACE,
];

function withoutFrame(line: string): string {
  return LOG_FRAMES.reduce((text, frame) => text.replace(frame, ' '), line);
}
