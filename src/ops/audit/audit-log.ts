import type { AuditEntry, AuditLog } from '../../proposals/ports.js';
import type { Ledger } from './ledger.js';
import { parseEntry } from './parse-entry.js';

/** Appends what no document changes with, such as a refused click; reads all there is. */
export function createAuditLog(ledger: Ledger): AuditLog {
  return {
    append: async (entry) => {
      await ledger.commit({ documents: [], entry });
    },
    read: async ({ cluster, since }) => {
      const from = since === undefined ? undefined : Date.parse(since);
      const found: (AuditEntry & { id: string; hash: string })[] = [];
      for await (const { id, hash, entry } of ledger.records()) {
        const read = parseEntry(entry);
        if (!read || (cluster !== undefined && read.cluster !== cluster)) continue;
        if (from !== undefined && !(Date.parse(read.at) >= from)) continue;
        found.push({ ...read, id, hash });
      }
      return found;
    },
  };
}
