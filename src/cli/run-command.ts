import { Command, CommanderError } from 'commander';
import { AcknetError } from '../errors.js';
import { exitCodes } from './exit-codes.js';
import { forTerminal } from './for-terminal.js';
import { onboardDefaults } from './onboard/onboard-flags.js';
import { readVersion } from './read-version.js';
import type { Runtime } from './runtime.js';

/** Parses `args` and runs one command; resolves to the exit code and never throws. */
export async function runCommand(args: readonly string[], runtime: Runtime): Promise<number> {
  let code: number = exitCodes.done;
  const program = buildProgram(runtime, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return report(error, runtime);
  }
}

/** The whole command line; `done` gets the exit code of what ran. */
export function buildProgram(runtime: Runtime, done: (code: number) => void): Command {
  const program = new Command('acknet')
    .description('Container networking on ACK: answers, checks, approved fixes')
    .version(readVersion(runtime.root), '--version', 'print which acknet this is')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void runtime.stdout.write(forTerminal(text)),
      writeErr: (text) => void runtime.stderr.write(forTerminal(text)),
    });

  for (const define of commands) define(program, runtime, done);
  return program;
}

type Define = (program: Command, runtime: Runtime, done: (code: number) => void) => void;

/** Each command's code is loaded only when it runs: `acknet ask` needs no Kubernetes client. */
const commands: readonly Define[] = [
  (program, runtime, done) =>
    program
      .command('check <cluster> [checks...]')
      .description('run checks inline, without Slack or Redis')
      .option('--kubeconfig <file>', 'read this kubeconfig instead of acknet.yaml')
      .option('--context <name>', 'context in the kubeconfig')
      .option('--ns <namespaces>', 'only what concerns these namespaces, separated by commas')
      .option('--node <name>', 'only what concerns this node')
      .option('--json', 'print the report as JSON (docs/check-json.md)')
      .action(async (cluster: string, ids: string[], flags) =>
        done(await (await import('./check.js')).check(cluster, ids, { flags, runtime })),
      ),
  (program, runtime, done) =>
    program
      .command('ask <question...>')
      .description('answer a question from the knowledge base')
      .option('--full', 'print the whole entry, not only what helps now')
      .option('--why', 'show the signals behind the choice')
      .action(async (words: string[], flags) =>
        done(await (await import('./ask.js')).ask(words, flags, runtime)),
      ),
  (program, runtime, done) =>
    program
      .command('eval <file>')
      .description('measure the matcher on lines of {"text","intents"}; no intents = out of scope')
      .option('--json', 'one JSON object (docs/matching.md)')
      .action(async (file: string, flags) =>
        done(await (await import('./eval/evaluate-file.js')).evaluateFile(file, flags, runtime)),
      ),
  (program, runtime, done) =>
    program
      .command('rbac')
      .description('print the roles that checks or fixes need')
      .option('--checks <ids...>', 'only for these checks')
      .option('--fixes [ids...]', "the fixer's role, for these fixes or all")
      .option('--cloud', 'the RAM policy and the trust policy for reading the cloud, as JSON')
      .option('--config-maps <names...>', 'ConfigMaps that the terway-config labels of nodes name')
      .action(async (flags) => done(await (await import('./rbac.js')).rbac(flags, runtime))),
  (program, runtime, done) =>
    program
      .command('onboard <cluster>')
      .description(
        "print, or with --apply make, acknet's ServiceAccounts, roles and kubeconfigs in a cluster",
      )
      .option('--kubeconfig <file>', "an administrator's kubeconfig; default KUBECONFIG")
      .option('--context <name>', 'context in it; default the one called like the cluster')
      .option('--fixes [ids...]', 'a fixer too, for these fixes or all')
      .option('--config-maps <names...>', 'ConfigMaps that the terway-config labels of nodes name')
      .option('--namespace <name>', 'where the ServiceAccounts live', onboardDefaults.namespace)
      .option('--server <url>', 'the address for acknet, if not the one in the kubeconfig')
      .option('--out <folder>', 'where the kubeconfigs go', onboardDefaults.out)
      .option('--days <n>', 'how long the tokens are to hold', onboardDefaults.days)
      .option('--apply', 'make it, after showing it and asking')
      .option('--renew', 'only write new tokens')
      .option('--check', 'only prove what is granted and refused')
      .option('--yes', 'do not ask')
      .action(async (cluster: string, flags) =>
        done(await (await import('./onboard/onboard.js')).onboard(cluster, flags, runtime)),
      ),
  (program, runtime, done) =>
    program
      .command('offboard <cluster>')
      .description('take back what onboard made')
      .option('--kubeconfig <file>', "an administrator's kubeconfig; default KUBECONFIG")
      .option('--context <name>', 'context in it; default the one called like the cluster')
      .option('--namespace <name>', 'where the ServiceAccounts live', onboardDefaults.namespace)
      .option('--out <folder>', 'where the kubeconfigs are', onboardDefaults.out)
      .option('--yes', 'do not ask')
      .action(async (cluster: string, flags) =>
        done(await (await import('./onboard/offboard.js')).offboard(cluster, flags, runtime)),
      ),
  (program, runtime, done) =>
    program
      .command('doctor')
      .description('compare what Slack, Redis and the API servers grant with what acknet needs')
      .option('--cloud', 'only the accounts of clusters with `cloud:`')
      .option('--probe', 'with --cloud: print what each call answers, fit for a bug report; reads only')
      .action(async (flags) => done(await (await import('./doctor/doctor.js')).doctor(flags, runtime))),
  (program, runtime, done) => {
    const audit = program
      .command('audit')
      .description('print who proposed, approved, refused and changed what')
      .option('--cluster <name>', 'only this cluster')
      .option('--since <time>', 'only from this ISO time on, or the last 90m, 24h or 7d')
      .option('--json', 'one JSON object a line')
      .option('--prefix <tag>', 'what its keys in Redis begin with; the demo prints its own', '{acknet}')
      .action(async (flags) => done(await (await import('./audit.js')).printAudit(flags, runtime)));
    audit
      .command('verify')
      .description('prove that no record was altered, removed or cut off')
      .option('--checkpoint <file>', 'file with "audit checkpoint" log lines kept outside Redis')
      .option(
        '--public-key <key>',
        'as acknet doctor prints it: verify by signed checkpoints, without the secret',
      )
      .action(async (_flags, command: Command) =>
        done(await (await import('./audit.js')).verify(command.optsWithGlobals(), runtime)),
      );
  },
  ...(['start', 'bot', 'worker'] as const).map(
    (role): Define =>
      (program, runtime, done) =>
        program
          .command(role)
          .description(role === 'start' ? 'run bot and worker in one process' : `run the ${role}`)
          .action(async () => done(await (await import('./serve.js')).serve(role, runtime))),
  ),
];

/** Asked wrongly, so nothing ran: never the code that says a check found something. */
const badUsage: ReadonlySet<string> = new Set(['usage.invalid', 'config.invalid', 'cluster.unknown']);

function report(error: unknown, runtime: Runtime): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof AcknetError) {
    const hint = error.hint === undefined ? '' : `${error.hint}\n`;
    runtime.stderr.write(forTerminal(`acknet: ${error.message}\n${hint}`));
    return badUsage.has(error.code) ? exitCodes.usage : exitCodes.failed;
  }
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  runtime.stderr.write(forTerminal(`acknet: ${said}\n`));
  return exitCodes.failed;
}
