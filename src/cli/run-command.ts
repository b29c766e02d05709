import { Command, CommanderError } from 'commander';
import { AcknetError } from '../errors.js';
import { commandTexts as says } from '../texts/cli/command-line.js';
import { onboardDefaults } from './onboard/onboard-flags.js';
import { readVersion } from './read-version.js';
import type { Runtime } from './runtime.js';
import { exitCodes } from './terminal/exit-codes.js';
import { forTerminal } from './terminal/for-terminal.js';

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
    .description(says.acknet)
    .version(readVersion(runtime.root), '--version', says.version)
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
      .description(says.check.does)
      .option('--kubeconfig <file>', says.check.kubeconfig)
      .option('--context <name>', says.check.context)
      .option('--ns <namespaces>', says.check.ns)
      .option('--node <name>', says.check.node)
      .option('--from <end>', says.check.from)
      .option('--to <end>', says.check.to)
      .option('--port <port>', says.check.port)
      .option('--json', says.check.json)
      .action(async (cluster: string, ids: string[], flags) =>
        done(await (await import('./check.js')).check(cluster, ids, { flags, runtime })),
      ),
  (program, runtime, done) =>
    program
      .command('ask <question...>')
      .description(says.ask.does)
      .option('--cluster <name>', says.ask.cluster)
      .option('--kubeconfig <file>', says.check.kubeconfig)
      .option('--context <name>', says.check.context)
      .option('--full', says.ask.full)
      .option('--why', says.ask.why)
      .action(async (words: string[], flags) =>
        done(await (await import('./ask.js')).ask(words, flags, runtime)),
      ),
  (program, runtime, done) =>
    program
      .command('eval <file>')
      .description(says.eval.does)
      .option('--json', says.eval.json)
      .action(async (file: string, flags) =>
        done(await (await import('./eval/evaluate-file.js')).evaluateFile(file, flags, runtime)),
      ),
  (program, runtime, done) =>
    program
      .command('rbac')
      .description(says.rbac.does)
      .option('--checks <ids...>', says.rbac.checks)
      .option('--fixes [ids...]', says.rbac.fixes)
      .option('--cloud', says.rbac.cloud)
      .option('--config-maps <names...>', says.rbac.configMaps)
      .option('--log-namespaces <names...>', says.rbac.logNamespaces)
      .action(async (flags) => done(await (await import('./rbac.js')).rbac(flags, runtime))),
  (program, runtime, done) =>
    program
      .command('onboard <cluster>')
      .description(says.onboard.does)
      .option('--kubeconfig <file>', says.onboard.kubeconfig)
      .option('--context <name>', says.onboard.context)
      .option('--fixes [ids...]', says.onboard.fixes)
      .option('--config-maps <names...>', says.onboard.configMaps)
      .option('--log-namespaces <names...>', says.onboard.logNamespaces)
      .option('--namespace <name>', says.onboard.namespace, onboardDefaults.namespace)
      .option('--server <url>', says.onboard.server)
      .option('--out <folder>', says.onboard.out, onboardDefaults.out)
      .option('--days <n>', says.onboard.days, onboardDefaults.days)
      .option('--apply', says.onboard.apply)
      .option('--renew', says.onboard.renew)
      .option('--check', says.onboard.check)
      .option('--yes', says.onboard.yes)
      .action(async (cluster: string, flags) =>
        done(await (await import('./onboard/onboard.js')).onboard(cluster, flags, runtime)),
      ),
  (program, runtime, done) =>
    program
      .command('offboard <cluster>')
      .description(says.offboard.does)
      .option('--kubeconfig <file>', says.offboard.kubeconfig)
      .option('--context <name>', says.offboard.context)
      .option('--namespace <name>', says.offboard.namespace, onboardDefaults.namespace)
      .option('--out <folder>', says.offboard.out, onboardDefaults.out)
      .option('--yes', says.offboard.yes)
      .action(async (cluster: string, flags) =>
        done(await (await import('./onboard/offboard.js')).offboard(cluster, flags, runtime)),
      ),
  (program, runtime, done) =>
    program
      .command('doctor')
      .description(says.doctor.does)
      .option('--cloud', says.doctor.cloud)
      .option('--probe', says.doctor.probe)
      .action(async (flags) => done(await (await import('./doctor/doctor.js')).doctor(flags, runtime))),
  (program, runtime, done) => {
    const audit = program
      .command('audit')
      .description(says.audit.does)
      .option('--cluster <name>', says.audit.cluster)
      .option('--since <time>', says.audit.since)
      .option('--json', says.audit.json)
      .option('--prefix <tag>', says.audit.prefix, '{acknet}')
      .action(async (flags) => done(await (await import('./audit.js')).printAudit(flags, runtime)));
    audit
      .command('verify')
      .description(says.verify.does)
      .option('--checkpoint <file>', says.verify.checkpoint)
      .option('--public-key <key>', says.verify.publicKey)
      .option('--archive <files...>', says.verify.archive)
      .action(async (_flags, command: Command) =>
        done(await (await import('./audit.js')).verify(command.optsWithGlobals(), runtime)),
      );
    audit
      .command('archive <file>')
      .description(says.archive.does)
      .option('--before <time>', says.archive.before)
      .option('--most <records>', says.archive.most)
      .action(async (file: string, _flags, command: Command) =>
        done(await (await import('./auditing/archive.js')).archive(file, command.optsWithGlobals(), runtime)),
      );
  },
  ...(['start', 'bot', 'worker'] as const).map(
    (role): Define =>
      (program, runtime, done) =>
        program
          .command(role)
          .description(role === 'start' ? says.start : says.run(role))
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
