import type { AuditEntry } from '../../proposals/ports.js';

/** undefined = no entry: whoever can write to Redis can put anything in its place. */
export function parseEntry(text: string): AuditEntry | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isEntry = typeof value === 'object' && value !== null && 'action' in value && 'at' in value;
    return isEntry ? (value as AuditEntry) : undefined;
  } catch {
    return undefined;
  }
}
