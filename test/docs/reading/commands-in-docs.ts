import { Writable } from 'node:stream';
import { type Command, CommanderError } from 'commander';
import { buildProgram } from '../../../src/cli/run-command.js';
import { AcknetError } from '../../../src/errors.js';
import { parseCommand } from '../../../src/slack/commands/parse-command.js';
import { commandTexts } from '../../../src/texts/commands.js';
import type { Page } from './pages.js';

interface Line {
  readonly text: string;
  /** In a sentence a command may be named without what it needs. */
  readonly mention: boolean;
}

/** Every `acknet …` command line of a page, in backticks or in a block. */
function commandLines({ spans, blocks }: Page): readonly Line[] {
  const isCommand = (text: string) => /^(?:npx )?acknet(?: |$)/.test(text);
  const inBlocks = blocks
    .flatMap(({ text }) => text.replaceAll(/\\\n\s*/g, ' ').split('\n'))
    .map((line) => line.trim().replace(/^(?:\$ )?(?:[A-Z_]+=\S+ )*/, ''));
  return [
    ...spans.filter(isCommand).map((text) => ({ text, mention: true })),
    ...inBlocks.filter(isCommand).map((text) => ({ text, mention: false })),
  ];
}

/** Words as a shell would part them; what may be left out or chosen (`[…]`, `a|b`) counts as given. */
function wordsOf(text: string): string[] {
  const plain = text
    .replace(/^npx /, '')
    .replace(/ +#.*$/, '')
    .replaceAll(/\\?\||[[\]]/g, ' ');
  return [...plain.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

const silent = new Writable({ write: (_chunk, _encoding, done) => done() });

function programThatOnlyParses(): Command {
  const program = buildProgram(
    {
      env: {},
      stdout: silent,
      stderr: silent,
      root: '.',
      stop: new AbortController().signal,
      now: () => new Date(0),
      wait: async () => undefined,
    },
    () => undefined,
  );
  const disarm = (command: Command): void => {
    if (command !== program) command.action(() => undefined);
    for (const child of command.commands) disarm(child);
  };
  disarm(program);
  return program;
}

/** What is missing at a mention, and only there. */
const unfinished: ReadonlySet<string> = new Set([
  'commander.missingArgument',
  'commander.optionMissingArgument',
]);

/** Command lines of a page that the command line refuses, each with why. */
export async function refusedCommands(page: Page): Promise<string[]> {
  const refused: string[] = [];
  for (const { text, mention } of commandLines(page)) {
    const [, ...words] = wordsOf(text);
    const fault = words.length === 0 ? undefined : await faultOf(words);
    if (fault === undefined || (mention && unfinished.has(fault.code))) continue;
    refused.push(`${text}: ${fault.message}`);
  }
  return refused;
}

async function faultOf(words: readonly string[]): Promise<CommanderError | undefined> {
  try {
    await programThatOnlyParses().parseAsync([...words], { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? undefined : error;
  }
}

/** `npm run …` of scripts that package.json has not. */
export const missingScripts = ({ text }: Page, scripts: readonly string[]): string[] =>
  [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)]
    .map(([, script = '']) => script)
    .filter((script) => !scripts.includes(script));

/** `/acknet …` in backticks that acknet in Slack refuses, each with why. Where only words are missing, it is a mention. */
export const refusedSlackCommands = ({ spans }: Page): string[] =>
  spans.flatMap((span) => {
    const typed = /^\/acknet ([a-z]+\b.*)/.exec(span)?.[1];
    const why = typed === undefined ? undefined : slackFaultOf(typed);
    return why === undefined ? [] : [`${span}: ${why}`];
  });

function slackFaultOf(typed: string): string | undefined {
  try {
    parseCommand(typed);
    return undefined;
  } catch (error) {
    if (!(error instanceof AcknetError)) throw error;
    return error.message === commandTexts.faults.missing ? undefined : error.message;
  }
}

/** Of other programs: Node's, helm's, Flannel's; and `--name` that stands for any. */
const foreignOptions = [
  '--heap-growing-percent',
  '--always-sparkplug',
  '--interrupt-budget',
  '--max-semi-space-size',
  '--server-side',
  '--ip-masq',
  '--name',
];
/** As acknet in Slack takes them and the command line does not. */
const slackOptions = ['--always', '--csv', '--until'];

/** Options alone in backticks that no command has. */
export function unknownOptions({ spans }: Page): string[] {
  const options = new Set([
    ...optionsOf(programThatOnlyParses()),
    ...foreignOptions,
    ...slackOptions,
    '--help',
  ]);
  return spans.filter((span) => {
    const option = /^--[a-z][a-z-]*/.exec(span)?.[0];
    return option !== undefined && !options.has(option);
  });
}

const optionsOf = ({ options, commands }: Command): readonly string[] => [
  ...options.flatMap(({ long }) => long ?? []),
  ...commands.flatMap(optionsOf),
];
