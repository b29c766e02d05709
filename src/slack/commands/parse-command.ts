import { AcknetError } from '../../errors.js';
import { nearestName } from '../../nearest-name.js';
import { commandTexts } from '../../texts/commands.js';
import { clip, unescapeMrkdwn } from '../kit/writing/mrkdwn.js';
import { type CommandName, commandNames, commands } from './command-table.js';

const { faults } = commandTexts;

export interface ParsedCommand {
  readonly name: CommandName;
  /** Words that are no option. */
  readonly words: readonly string[];
  /** `--ns a,b` as `{ns: 'a,b'}`; a bare `--csv` as `{csv: ''}`. */
  readonly options: Readonly<Record<string, string>>;
  /** Everything after the name, as typed. */
  readonly rest: string;
  /** The same as Slack sent it, escaped. */
  readonly raw: string;
}

/** Options by command, and whether they take a value. */
const known: Readonly<Partial<Record<CommandName, Readonly<Record<string, boolean>>>>> = {
  check: { ns: true, node: true, from: true, to: true, port: true },
  mute: { until: true },
  schedule: { always: false },
  unanswered: { csv: false },
  feedback: { csv: false },
};

/** No command is longer, and no question: what follows in a paste is logs. */
const LONGEST = 12_000;

/** Parses what follows `/acknet`. Throws `usage.invalid` whose hint names the nearest valid command or option. */
export function parseCommand(sent: string): ParsedCommand {
  const text = sent.slice(0, LONGEST);
  const line = unescapeMrkdwn(text)
    .replace(/[\u2018\u2019]/g, "'")
    .trim();
  const [typed = '', ...after] = line.split(/\s+/);
  if (typed === '') return { name: 'help', words: [], options: {}, rest: '', raw: '' };
  const name = commandNames.find((candidate) => candidate === typed.toLowerCase());
  if (name === undefined) throw unknownCommand(typed);
  const rest = line.slice(typed.length).trim();
  // A question may hold anything, dashes too.
  const parsed = name === 'ask' ? { words: after, options: {} } : readWords(name, after);
  if (parsed.words.length < commands[name].min) throw usage(name, faults.missing);
  const raw = text.trim().slice(typed.length).trim();
  return { name, rest, raw, ...parsed };
}

function readWords(name: CommandName, input: readonly string[]): Pick<ParsedCommand, 'words' | 'options'> {
  const words: string[] = [];
  const options: Record<string, string> = {};
  const left = [...input];
  while (left.length > 0) {
    // Slack's composer turns two hyphens into a dash.
    const word = (left.shift() ?? '').replace(/^[—–](?=\w)/, '--');
    const option = /^--([a-z]+)(?:=(.*))?$/.exec(word);
    if (option === null) {
      words.push(word);
      continue;
    }
    const [, key = '', inlineValue] = option;
    const takesValue = known[name]?.[key];
    if (takesValue === undefined) throw unknownOption(name, key);
    const value = takesValue ? (inlineValue ?? left.shift() ?? '') : '';
    if (takesValue && value === '') throw usage(name, faults.needsValue(key));
    options[key] = value;
  }
  return { words, options };
}

export function usage(name: CommandName, what: string): AcknetError {
  return new AcknetError('usage.invalid', what, { hint: faults.usage(commands[name].usage) });
}

function unknownCommand(typed: string): AcknetError {
  const near = nearestName(typed, commandNames);
  return new AcknetError('usage.invalid', faults.noCommand(clip(typed, 80)), {
    hint:
      near === undefined
        ? faults.commands(commandNames.join(', '))
        : faults.didYouMean(`/acknet ${commands[near as CommandName].usage}`),
  });
}

function unknownOption(name: CommandName, key: string): AcknetError {
  const options = Object.keys(known[name] ?? {});
  const near = nearestName(key, options);
  const meant = near === undefined ? [] : [faults.didYouMean(`--${near}`)];
  return usage(name, [faults.noOption({ command: name, option: key }), ...meant].join(' '));
}
