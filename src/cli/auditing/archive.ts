import { loadFileConfig } from '../../config/config.js';
import { AcknetError } from '../../errors.js';
import { archiveAudit } from '../../ops/audit/archive/archive-audit.js';
import type { ArchiveLimits } from '../../ops/audit/archive/plan-archive.js';
import { createLogger } from '../../ops/log.js';
import { auditTexts } from '../../texts/cli/audit.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { forTerminal } from '../terminal/for-terminal.js';
import type { CommandResult, Runtime } from '../runtime.js';
import { parseSince } from './parse-since.js';
import { withLedger } from './with-ledger.js';

interface ArchiveFlags {
  readonly before?: string;
  readonly most?: string;
  readonly prefix: string;
}

export async function archive(file: string, flags: ArchiveFlags, runtime: Runtime): CommandResult {
  const limits = flagged(flags, runtime.now()) ?? (await configured(runtime));
  const { prefix } = flags;
  const { now, stderr, stdout } = runtime;
  const logger = createLogger({ level: 'warn', destination: stderr });
  return withLedger(flags, runtime, async (ledger, redis) => {
    const done = await archiveAudit({ ledger, redis, prefix, now, logger }, { file, ...limits });
    const text =
      done.range === undefined ? auditTexts.nothingArchived : auditTexts.archived(file, done.range);
    stdout.write(forTerminal(`${text}\n${done.held > 0 ? `${auditTexts.heldBack(done.held)}\n` : ''}`));
    return exitCodes.done;
  });
}

function flagged({ before, most }: ArchiveFlags, now: Date): ArchiveLimits | undefined {
  if (before === undefined && most === undefined) return undefined;
  return {
    before: before === undefined ? undefined : new Date(parseSince(before, now, '--before')),
    most: most === undefined ? undefined : parseMost(most),
  };
}

function parseMost(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new AcknetError('usage.invalid', auditTexts.most(text));
}

async function configured({ env, now }: Runtime): Promise<ArchiveLimits> {
  const file = env.ACKNET_CONFIG ?? 'acknet.yaml';
  const { days, records } = (await loadFileConfig(file)).retention.audit;
  if (days === undefined && records === undefined)
    throw new AcknetError('usage.invalid', auditTexts.noLimits, {
      hint: auditTexts.giveLimits(file),
    });
  return {
    before: days === undefined ? undefined : new Date(now().getTime() - days * 86_400_000),
    most: records,
  };
}
